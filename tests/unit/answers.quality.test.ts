import { expect, test } from "vitest";
import type { Passage } from "../../apps/server/src/modules/knowledge/index.ts";
import { analyze, type Language } from "../../apps/server/src/platform/text/index.ts";
import { Bm25 } from "../../apps/server/src/platform/text/testing/bm25.ts";
import { type QuestionSet, readQuestionSet } from "../../apps/server/src/platform/text/testing/squad.ts";
import { answerCase, type CaseResult } from "../../bench/answers/answer-case.ts";

/*
 * The whole way from a question to quoted sentences, on a sample and over plain BM25, so that it is quick:
 * `bench/answers` measures everything over the product's own search.
 */

const EVERY = 12;
const PASSAGES = 5;

// Floors some points below what the sample reaches: right of all, and the most that may be answered falsely.
const SETS: [string, Language, { right: number; falsely: number }][] = [
  ["xquad.en", "en", { right: 0.8, falsely: 0.3 }],
  ["xquad.ar", "ar", { right: 0.7, falsely: 0.3 }],
  ["piaf.fr", "fr", { right: 0.5, falsely: 0.35 }],
];

test.each(SETS)(
  "quotes what was asked for, and keeps quiet without it: %s",
  async (name, language, floor) => {
    const set = readQuestionSet(name);
    if (!set) return;
    const search = searchOver(set, language);
    const sample = set.questions.filter((_, at) => at % EVERY === 0).slice(0, 60);
    const held: CaseResult[] = [];
    const without: CaseResult[] = [];
    for (const { text: question, paragraph, answers } of sample) {
      const ask = { question, language };
      held.push(await answerCase({ ...ask, kind: "held", answers, evidence: search(question) }));
      const evidence = search(question, paragraph);
      without.push(await answerCase({ ...ask, kind: "taken out", answers: [], evidence }));
    }
    const share = (results: CaseResult[], counts: (result: CaseResult) => boolean): number =>
      results.filter(counts).length / results.length;
    const right = share(held, ({ isRight }) => isRight);
    const falsely = share(without, ({ isAnswered }) => isAnswered);
    const line = `${name}: right ${right.toFixed(3)}, falsely without the paragraph ${falsely.toFixed(3)}\n`;
    process.stdout.write(line);
    expect(right).toBeGreaterThan(floor.right);
    expect(falsely).toBeLessThan(floor.falsely);
    const graded = held.map(({ gradeMs }) => gradeMs).sort((a, b) => a - b);
    expect(graded[Math.floor(graded.length * 0.95)]).toBeLessThan(500);
  },
  60_000,
);

function searchOver({ paragraphs }: QuestionSet, language: Language) {
  const terms = paragraphs.map(({ title, text }) => analyze(`${title} ${text}`, language));
  const index = new Bm25(terms);
  const held = terms.map((words) => new Set(words));
  return (question: string, without?: number) => {
    const asked = new Set(analyze(question, language));
    const hits = index
      .search([...asked], PASSAGES + 1)
      .filter(({ document }) => document !== without)
      .slice(0, PASSAGES);
    const best = hits[0]?.score ?? 1;
    const passages = hits.map(({ document, score }): Passage => {
      const { title = "", text = "" } = paragraphs[document] ?? {};
      return {
        chunkId: String(document),
        ordinal: document,
        documentId: String(document),
        documentName: title,
        version: 1,
        headingPath: [],
        page: null,
        startOffset: 0,
        endOffset: text.length,
        text,
        language,
        scores: { bm25: score, dense: null, fused: score / best, rerank: score / best },
      };
    });
    const frequencies = new Map(
      [...asked].map((term) => [term, held.filter((words, at) => at !== without && words.has(term)).length]),
    );
    return { passages, liveChunks: paragraphs.length, frequencies };
  };
}
