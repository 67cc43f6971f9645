import { expect, test } from "vitest";
import { fold, type Language } from "../../platform/text/index.ts";
import { readQuestionSet } from "../../platform/text/testing/squad.ts";
import { selectSentences } from "./index.ts";

const plain = (text: string): string => fold(text).replace(/\s+/g, " ").trim();
const report = (line: string): boolean => process.stdout.write(`${line}\n`);

function holdsAnswer(texts: readonly string[], answers: readonly string[]): boolean {
  return answers.some((answer) => texts.some((text) => plain(text).includes(plain(answer))));
}

/** A sample, to stay quick. */
const EVERY = 6;

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
    const sample = set.questions.filter((_, at) => at % EVERY === 0);
    for (const { text, paragraph, answers } of sample) {
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
    const share = (count: number): number => count / sample.length;
    report(`${name}: first sentence ${share(first).toFixed(3)}, at most two ${share(either).toFixed(3)}`);
    expect(share(first)).toBeGreaterThan(floor);
  },
);
