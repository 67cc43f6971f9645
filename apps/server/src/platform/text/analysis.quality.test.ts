import { expect, test } from "vitest";
import { analyze, detectLanguage, type Language } from "./index.ts";
import { Bm25, ndcg10 } from "./testing/bm25.ts";
import { readQuestionSet } from "./testing/squad.ts";

// The best of ten engines without a neural model, measured on the same files (nDCG@10).
const PEERS: [string, Language, number][] = [
  ["xquad.en", "en", 0.965],
  ["xquad.ar", "ar", 0.932],
  ["piaf.fr", "fr", 0.775],
  ["arcd.ar", "ar", 0.845],
];

test.each(PEERS)(
  "plain BM25 over analyze() finds the paragraph: %s (%s) at least %d",
  (name, language, floor) => {
    const set = readQuestionSet(name);
    if (!set) return;
    const index = new Bm25(set.paragraphs.map(({ title, text }) => analyze(`${title}\n${text}`, language)));
    let sum = 0;
    let recognised = 0;
    for (const question of set.questions) {
      const ranking = index.search(analyze(question.text, language), 10).map((hit) => hit.document);
      sum += ndcg10(ranking, question.paragraph);
      if (detectLanguage(question.text) === language) recognised++;
    }
    const mean = sum / set.questions.length;
    process.stdout.write(
      `${name}: nDCG@10 ${mean.toFixed(4)}, language ${(recognised / set.questions.length).toFixed(4)}\n`,
    );
    expect(mean).toBeGreaterThanOrEqual(floor);
    expect(recognised / set.questions.length).toBeGreaterThan(0.99);
  },
);
