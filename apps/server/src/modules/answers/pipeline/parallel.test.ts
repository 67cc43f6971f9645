import { expect, test } from "vitest";
import { withoutReplaced, withoutWords } from "./parallel.ts";

test.each([
  ["how much is the Basic plan?", "what about the Pro plan?", "how much is the plan?"],
  ["what does the Basic plan cost per month?", "and the Pro plan?", "what does the plan cost per month?"],
  ["How long do refunds take?", "and to France?", "How long do refunds take?"],
  ["Is the Pro plan free?", "and the Pro plan for schools?", "Is the Pro plan free?"],
  ["Can I pay by card?", "what about gift cards?", "Can I pay by card?"],
])("%s %s", (question, followUp, left) => {
  expect(withoutReplaced(question, followUp, "en")).toBe(left);
});

test("in French the word that differs follows", () => {
  expect(withoutReplaced("Combien coûte la formule Basique ?", "et la formule Pro ?", "fr")).toBe(
    "Combien coûte la formule ?",
  );
});

test("in Arabic too", () => {
  expect(withoutReplaced("كم سعر الباقة الأساسية؟", "وماذا عن الباقة الاحترافية؟", "ar")).toBe(
    "كم سعر الباقة ؟",
  );
});

test("nothing goes where nothing is said, and of repeated words all", () => {
  expect(withoutReplaced("", "and?", "en")).toBe("");
  expect(withoutWords("a plan, the Basic plan", new Set(["plan"]))).toBe("a , the Basic ");
});
