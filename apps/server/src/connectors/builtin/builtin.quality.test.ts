import { expect, test } from "vitest";
import { analyze, fold, type Language } from "../../platform/text/index.ts";
import { Bm25, ndcg10 } from "../../platform/text/testing/bm25.ts";
import { type QuestionSet, readQuestionSet } from "../../platform/text/testing/squad.ts";
import { OverlapRerankingModel, selectSentences } from "./index.ts";

const plain = (text: string): string => fold(text).replace(/\s+/g, " ").trim();
const report = (line: string): boolean => process.stdout.write(`${line}\n`);

function holdsAnswer(texts: readonly string[], answers: readonly string[]): boolean {
  return answers.some((answer) => texts.some((text) => plain(text).includes(plain(answer))));
}

// Floors: what sentence choice by IDF overlap alone reaches on these files with one sentence.
const SETS: [string, Language, number][] = [
  ["xquad.en", "en", 0.787],
  ["xquad.ar", "ar", 0.747],
  ["piaf.fr", "fr", 0.685],
];

test.each(SETS)(
  "the chosen sentence holds the answer: %s (%s) more often than %d",
  (name, language, floor) => {
    const set = readQuestionSet(name);
    if (!set) return;
    let first = 0;
    let either = 0;
    for (const { text, paragraph, answers } of set.questions) {
      const passage = set.paragraphs[paragraph];
      if (!passage) continue;
      const { sentences } = selectSentences({
        question: text,
        language,
        passages: [{ number: 1, ...passage }],
      });
      if (
        holdsAnswer(
          sentences.slice(0, 1).map((sentence) => sentence.text),
          answers,
        )
      )
        first++;
      if (
        holdsAnswer(
          sentences.map((sentence) => sentence.text),
          answers,
        )
      )
        either++;
    }
    const share = (count: number): number => count / set.questions.length;
    report(`${name}: first sentence ${share(first).toFixed(3)}, at most two ${share(either).toFixed(3)}`);
    expect(share(first)).toBeGreaterThan(floor);
  },
);

/** BM25 over title and text; every sixth question, to stay quick. */
function firstTwenty(set: QuestionSet, language: Language) {
  const texts = set.paragraphs.map(({ title, text }) => `${title}\n${text}`);
  const index = new Bm25(texts.map((text) => analyze(text, language)));
  return set.questions
    .filter((_, at) => at % 6 === 0)
    .map((question) => {
      const found = index.search(analyze(question.text, language), 20).map((hit) => hit.document);
      return { question, found, documents: found.map((document) => texts[document] ?? "") };
    });
}

test.each(SETS)(
  "reranking BM25's first twenty does not hurt: %s (%s)",
  async (name, language) => {
    const set = readQuestionSet(name);
    if (!set) return;
    const model = new OverlapRerankingModel();
    let before = 0;
    let after = 0;
    const runs = firstTwenty(set, language);
    for (const { question, found, documents } of runs) {
      const { ranking } = await model.doRerank({
        query: question.text,
        documents: { type: "text", values: documents },
      });
      before += ndcg10(found, question.paragraph);
      after += ndcg10(
        ranking.map(({ index }) => found[index] ?? -1),
        question.paragraph,
      );
    }
    report(
      `${name}: nDCG@10 BM25 ${(before / runs.length).toFixed(4)}, reranked ${(after / runs.length).toFixed(4)}`,
    );
    expect(after / runs.length).toBeGreaterThan(before / runs.length - 0.001);
  },
  60_000,
);
