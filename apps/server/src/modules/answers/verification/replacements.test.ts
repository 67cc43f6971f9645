import { describe, expect, test } from "vitest";
import { verifyAnswer } from "./index.ts";

const PASSAGE =
  "Over time Parliament gained a voice. The members of the Council began to support the plan, and the deputy of the " +
  "Office of Flight became its champion in 1962. More visitors came to Lyon in 1974 than in 1973.";
const ARABIC = "تم اكتشاف الأكسجين في مدينة أوبسالا قبل الحرب. سافر العالم شيل إلى باريس مع زوجته بعد الحرب.";

/** What is wrong with a claim, in the order in which it was found; empty if nothing is. */
function reasonsFor(claim: string, text = PASSAGE): string[] {
  const { claims } = verifyAnswer({ answer: `${claim} [1]`, passages: [{ number: 1, text }] });
  return claims.flatMap(({ reasons }) => reasons);
}

describe("another word at the same place is found, though the passage has it elsewhere", () => {
  test.each([
    [
      "a name of another sentence behind a frame",
      "According to the documents, Lyon time Parliament gained a voice.",
      'the source has "Over" where the claim has "Lyon"',
    ],
    [
      "two names in each other's place",
      "The members of the Office began to support the plan, and the deputy of the Council of Flight became its champion in 1962.",
      'the source has "Council" where the claim has "Office"',
    ],
    [
      "a number",
      "Many more visitors came to Lyon in 1973 than in 1973.",
      'the source has "1974" where the claim has "1973"',
    ],
    [
      "an opposite",
      "Fewer visitors came to Lyon in 1974 than in 1973.",
      'the source has "More" where the claim has "Fewer"',
    ],
  ])("%s", (_what, claim, reason) => {
    expect(reasonsFor(claim)).toContain(reason);
  });

  test("an Arabic word, which has no capital", () => {
    const claim = "تم اكتشاف الأكسجين في مدينة باريس قبل الحرب.";
    expect(reasonsFor(claim, ARABIC)).toContain('the source has "أوبسالا" where the claim has "باريس"');
  });
});

test.each([
  ["a frame", "According to the documents, the members of the Council began to support the plan."],
  [
    "clauses in another order",
    "The deputy of the Office of Flight became its champion in 1962, and the members of the Council began to support the plan.",
  ],
  ["another verb", "The members of the Council started to support the plan."],
])("%s is no error", (_what, claim) => {
  expect(reasonsFor(claim)).toEqual([]);
});
