import { expect, test } from "vitest";
import type { Question } from "../surveys.types.ts";
import { figuresOf } from "./results.ts";
import { checkAnswers, scoreOf } from "./score.ts";

const text = { en: "?" };
const questions: Question[] = [
  { key: "rating", kind: "rating", required: true, text },
  { key: "nps", kind: "nps", required: false, text },
  { key: "choice", kind: "choice", required: false, text, options: [text, text, text] },
  { key: "words", kind: "text", required: false, text },
];

test.each([
  ["an answer to every question", { rating: 5, nps: 0, choice: 2, words: "Fine" }, null],
  ["only what is required", { rating: 1 }, null],
  ["nothing", {}, "rating"],
  ["no words where words are required", { rating: "" }, "rating"],
  ["a rating below 1", { rating: 0 }, "rating"],
  ["a rating above 5", { rating: 6 }, "rating"],
  ["a rating in words", { rating: "good" }, "rating"],
  ["the highest NPS", { rating: 3, nps: 10 }, null],
  ["an NPS above 10", { rating: 3, nps: 11 }, "nps"],
  ["a choice that there is not", { rating: 3, choice: 3 }, "choice"],
  ["a number for words", { rating: 3, words: 4 }, "words"],
  ["a question that there is not", { rating: 3, other: 1 }, "other"],
])("%s", (_, given, refused) => {
  const check = () => checkAnswers(questions, given);
  if (refused === null) expect(check()).toEqual(given);
  else expect(check).toThrow(`"${refused}"`);
});

test("empty words are no answer", () => {
  expect(checkAnswers(questions, { rating: 3, words: "" })).toEqual({ rating: 3 });
});

test("a survey is counted by the question of its kind", () => {
  const answers = { rating: 4, nps: 9 };
  expect(scoreOf("csat", questions, answers)).toBe(4);
  expect(scoreOf("nps", [{ key: "nps", kind: "nps", required: true, text }], answers)).toBe(9);
  expect(scoreOf("custom", questions, answers)).toBeNull();
});

const sums = { opened: 0, dismissed: 0 };

test.each([
  [
    "nobody asked",
    "csat",
    { invited: 0, answered: 0, scored: 0, sum: 0, satisfied: 0 },
    { responseRate: null, csat: null, nps: null },
  ],
  [
    "nobody answered",
    "csat",
    { invited: 4, answered: 0, scored: 0, sum: 0, satisfied: 0 },
    { responseRate: 0, csat: null, averageScore: null },
  ],
  [
    "some are satisfied",
    "csat",
    { invited: 8, answered: 4, scored: 4, sum: 14, satisfied: 3 },
    { responseRate: 0.5, csat: 0.75, averageScore: 3.5, nps: null },
  ],
  [
    "more promoters than detractors",
    "nps",
    { invited: 4, answered: 4, scored: 4, sum: 30, promoters: 2, detractors: 1 },
    { nps: 25, csat: null },
  ],
  [
    "detractors only",
    "nps",
    { invited: 2, answered: 2, scored: 2, sum: 3, promoters: 0, detractors: 2 },
    { nps: -100 },
  ],
] as const)("%s", (_, kind, counted, expected) => {
  const zero = { satisfied: 0, promoters: 0, detractors: 0 };
  expect(figuresOf(kind, { ...sums, ...zero, ...counted })).toMatchObject(expected);
});
