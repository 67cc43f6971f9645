import { expect, test } from "vitest";
import { analyze, type Language } from "../../../platform/text/index.ts";
import { Bm25, ndcg10 } from "../../../platform/text/testing/bm25.ts";
import { readQuestionSet } from "../../../platform/text/testing/squad.ts";
import { lookAgain } from "./second-look.ts";

const LOOKED_AT = 50;
/** To stay quick. */
const QUESTIONS = 80;

test.each<[string, Language]>([
  ["xquad.en", "en"],
  ["xquad.ar", "ar"],
  ["piaf.fr", "fr"],
])(
  "a second look finds the right paragraph more often than BM25: %s",
  (name, language) => {
    const set = readQuestionSet(name);
    if (!set) return;
    const terms = set.paragraphs.map(({ title, text }) => analyze(`${title}\n${text}`, language));
    const index = new Bm25(terms);
    const frequencies = new Map<string, number>();
    for (const term of terms.flatMap((each) => [...new Set(each)])) {
      frequencies.set(term, (frequencies.get(term) ?? 0) + 1);
    }
    const questions = set.questions.filter(
      (_, at) => at % Math.floor(set.questions.length / QUESTIONS) === 0,
    );
    let before = 0;
    let after = 0;
    for (const { text, paragraph } of questions) {
      const found = index.search(analyze(text, language), LOOKED_AT);
      const query = { text, language, frequencies, liveChunks: terms.length, wordShare: 1 };
      const passages = found.map(({ document, score }) => {
        const { title = "", text = "" } = set.paragraphs[document] ?? {};
        return { title, text, headingPath: [], language, fused: score, document };
      });
      const looks = lookAgain(query, passages);
      const ranked = passages
        .map(({ document }, at) => ({ document, score: looks[at]?.score ?? 0 }))
        .sort((a, b) => b.score - a.score);
      before += ndcg10(
        found.map(({ document }) => document),
        paragraph,
      );
      after += ndcg10(
        ranked.map(({ document }) => document),
        paragraph,
      );
    }
    const [one, two] = [before / questions.length, after / questions.length];
    process.stdout.write(`${name}: nDCG@10 BM25 ${one.toFixed(4)}, after a second look ${two.toFixed(4)}\n`);
    expect(two).toBeGreaterThan(one);
  },
  60_000,
);
