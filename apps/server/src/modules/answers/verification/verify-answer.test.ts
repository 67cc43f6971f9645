import { describe, expect, test } from "vitest";
import { verifyAnswer } from "./index.ts";

const PASSAGES = [
  {
    number: 1,
    title: "Refunds",
    text:
      "Refunds are paid within 14 days. You cannot return opened software. The fee is $1,000 or 5% of the price. " +
      "Contact Anna Schmidt in Lyon before 7 January 2025. Do you repair phones? No, phones are not repaired.",
  },
  { number: 2, text: "Les frais sont de 1 000 €. Le remboursement n'est pas possible après 30 jours." },
  { number: 3, text: "تدفع المبالغ خلال ١٤ يوما. لا يمكن إرجاع البرامج المفتوحة. الرسوم ١٬٠٠٠ دولار." },
  { number: 4, text: "We ship from Lille. Parcels leave every weekday at noon." },
];

/** Checks a one-sentence answer. */
function check(answer: string) {
  const { claims } = verifyAnswer({ answer, passages: PASSAGES });
  expect(claims).toHaveLength(1);
  return claims[0];
}

describe("supported", () => {
  test.each([
    ["an exact quotation", "Refunds are paid within 14 days [1]."],
    ["other digits", "Refunds are paid within ١٤ days [1]."],
    ["a number in words", "Refunds are paid within fourteen days [1]."],
    ["another grouping", "The fee is 1 000 dollars [1]."],
    ["another date form", "Contact Anna Schmidt before 2025-01-07 [1]."],
    ["the passive voice", "Opened software cannot be returned [1]."],
    [
      "a framed answer",
      "According to the documents, refunds are unfortunately paid only within 14 days [1].",
    ],
    ["an answer to a question in the source", "They do not repair phones [1]."],
    ["French", "Après 30 jours, le remboursement n'est pas possible [2]."],
    ["Arabic", "تدفع المبالغ خلال 14 يوما [3]."],
    ["two sources", "Refunds are paid within 14 days and parcels leave every weekday [1][4]."],
    ["numbers and names across languages", "الرسوم 1000 دولار [1]."],
  ])("%s", (_what, answer) => {
    expect(check(answer)).toMatchObject({ verdict: "supported", reasons: [] });
  });

  test("an exact quotation scores 1", () => {
    expect(check("You cannot return opened software. [1]")?.score).toBe(1);
  });
});

describe("unsupported, with the reason", () => {
  test.each([
    ["a changed number", "Refunds are paid within 30 days [1].", 'number "30" is not in source 1'],
    ["another currency", "The fee is 1000 € [1].", '"1000" is in €, but in source 1 it is in $'],
    [
      "a changed name",
      "Contact Anna Schmidt in Paris before 7 January 2025 [1].",
      '"Paris" is not in source 1',
    ],
    [
      "a dropped negation",
      "You can return opened software [1].",
      'the source says "cannot" where the claim does not',
    ],
    [
      "an added negation",
      "Refunds are not paid within 14 days [1].",
      'the claim says "not" where the source does not',
    ],
    [
      "a negation cut off a quotation",
      "يمكن إرجاع البرامج المفتوحة [3].",
      'the source says "لا" where the claim does not',
    ],
    [
      "a French negation dropped",
      "Le remboursement est possible après 30 jours [2].",
      'the source says "pas" where the claim does not',
    ],
    [
      "an invented quotation",
      'The policy is called "no questions asked" [1].',
      'the quoted words "no questions asked" are not in source 1',
    ],
    ["another subject", "Penguins swim in cold water [1].", "only 0 % of its words are in source 1"],
    ["a source that is not there", "Refunds are paid within 14 days [9].", "source 9 does not exist"],
  ])("%s", (_what, answer, reason) => {
    const claim = check(answer);
    expect(claim).toMatchObject({ verdict: "unsupported" });
    expect(claim?.reasons).toContain(reason);
    expect(claim?.score).toBeLessThan(0.5);
  });
});

test.each([
  "Hello!",
  "Bonjour.",
  "مرحبا بك.",
  "Would you like to talk to a human?",
  "I don't know.",
  "I could not find this in the documents.",
  "Je ne sais pas.",
  "لا أعرف.",
  "Let me know if you need more.",
  "I can connect you with a colleague.",
  "Voulez-vous parler à un conseiller ?",
  "Yes.",
])("not a claim: %s", (answer) => {
  expect(check(answer)).toMatchObject({ verdict: "not_a_claim", reasons: [] });
});

test("a claim without a source is uncited", () => {
  expect(check("Refunds are paid within 14 days.")).toMatchObject({
    verdict: "uncited",
    score: 1,
    reasons: ["no source is cited"],
  });
});

test("claims lie in the answer with their citations, and the share counts claims only", () => {
  const answer = "Hello! Refunds are paid within 14 days [1]. The fee is $900. [1] Anything else?";
  const { claims, supportedShare } = verifyAnswer({ answer, passages: PASSAGES });
  expect(claims.map(({ start, end }) => answer.slice(start, end))).toEqual([
    "Hello!",
    "Refunds are paid within 14 days [1].",
    "The fee is $900. [1]",
    "Anything else?",
  ]);
  expect(claims.map(({ citations }) => citations)).toEqual([[], [1], [1], []]);
  expect(claims.map(({ text }) => text)[1]).toBe("Refunds are paid within 14 days.");
  expect(supportedShare).toBe(0.5);
});

test("nothing claimed, nothing unsupported", () => {
  expect(verifyAnswer({ answer: "", passages: [] })).toEqual({ claims: [], supportedShare: 1 });
  expect(verifyAnswer({ answer: "Hello!", passages: [] }).supportedShare).toBe(1);
});

describe("Markdown on either side", () => {
  const text =
    "## Limits\n\n- The [body limit](./a.md#b) is `1048576` bytes (**1 MiB**). It can be [changed](x).\n\n" +
    "| Plan | Price |\n|---|---|\n| <b>Pro</b> | [49 euros](p) |\n\nRun this:\n\n```sh\nnpm run build -- --mode=[1]\n```";
  const judge = (answer: string) =>
    verifyAnswer({ answer, passages: [{ number: 1, text }], language: "en" }).claims;

  test.each([
    "The body limit is 1048576 bytes (1 MiB). [1]",
    "The **body limit** is `1048576` bytes (1 MiB) [1].",
    "Pro — 49 euros [1]",
    "- The body limit is 1048576 bytes (1 MiB). It can be changed. [1]",
    "Run this: [1]\n\n```\nnpm run build -- --mode=[1]\n```",
  ])("a quotation scores 1: %s", (answer) => {
    for (const claim of judge(answer)) {
      expect(claim).toMatchObject({ verdict: "supported", score: 1, citations: [1] });
    }
  });

  test("a changed number in code is found", () => {
    expect(judge("The body limit is `1048577` bytes. [1]")[0]).toMatchObject({ verdict: "unsupported" });
  });
});
