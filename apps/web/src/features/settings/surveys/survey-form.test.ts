import { expect, test } from "vitest";
import type { Question } from "../../surveys/question.ts";
import { draftOf, newDraft, questionsOf } from "./survey-form.ts";

const questions: Question[] = [
  { key: "q1", kind: "rating", required: true, text: { en: "How?", ar: "كيف؟" } },
  {
    key: "q3",
    kind: "choice",
    required: false,
    text: { fr: "Lequel ?" },
    options: [{ en: "A", fr: "Un" }, { fr: "Deux" }, { en: "C" }],
  },
];

test("what is kept is typed and kept again unchanged", () => {
  expect(questionsOf(questions.map(draftOf))).toEqual(questions);
});

test("a new question has a key of its own", () => {
  expect(newDraft(questions.map(draftOf)).key).toBe("q4");
});

test.each([
  ["no question", []],
  ["a question without words", [newDraft([])]],
  [
    "a choice of one option",
    [{ ...newDraft([]), kind: "choice" as const, text: { en: "Which?", fr: "", ar: "" } }],
  ],
])("%s cannot be kept", (_, drafts) => {
  expect(questionsOf(drafts)).toBeNull();
});
