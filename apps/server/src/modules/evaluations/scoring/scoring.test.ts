import { describe, expect, test } from "vitest";
import { correctnessOf, missingWords } from "./correctness.ts";
import { retrievalScores } from "./retrieval.ts";
import { scoreAnswer } from "./score-answer.ts";
import { signTest } from "./sign-test.ts";
import { type Scored, summarize } from "./summary.ts";

const content = {
  question: "How long?",
  history: [],
  expects: "answer" as const,
  goldAnswers: ["14 days"],
  mustContain: [],
  goldDocumentId: null,
  goldQuote: null,
};
const trace = {
  language: "en",
  standaloneQuestion: "How long?",
  promptId: null,
  instructions: "",
  passages: [],
  stages: [],
};
const answer = {
  text: "It takes 14 days. [1]",
  intent: "question",
  mode: "extractive" as const,
  claims: [],
  trace,
};

describe("an answer is correct", () => {
  test.each([
    ["It takes **14 days**. [1]", ["14 days"], true],
    ["It was founded in 2014.", ["14"], false],
    ["Le délai est de quatorze jours.", ["QUATORZE JOURS"], true],
    ["تستغرق العملية أربعة عشر يومًا.", ["اربعه عشر يوما"], true],
    [
      "Refunds are paid within two weeks of the parcel's arrival.",
      ["The refund is paid two weeks after arrival."],
      true,
    ],
    ["The shop opens at nine.", ["Cars may stand behind the house."], false],
    ["", ["14 days"], false],
  ])("%s by %j: %s", (said, gold, isCorrect) => {
    expect(correctnessOf(said, gold).isCorrect).toBe(isCorrect);
  });

  test("only when it holds all that it must", () => {
    expect(missingWords("Within 14 days, in euros.", ["14 days", "euros"])).toEqual([]);
    expect(missingWords("Within 14 days.", ["14 days", "euros"])).toEqual(["euros"]);
  });
});

describe("a case", () => {
  const abstained = { ...answer, mode: "abstained" as const, text: "I did not find it." };
  const handedOff = { ...answer, intent: "wants_human" };
  test.each([
    ["answer", answer, "correct"],
    ["answer", { ...answer, text: "Ninety." }, "wrong_answer"],
    ["answer", abstained, "abstained_wrongly"],
    ["answer", handedOff, "handed_off_wrongly"],
    ["abstain", abstained, "abstained_rightly"],
    ["abstain", answer, "answered_wrongly"],
    ["handoff", handedOff, "handed_off_rightly"],
    ["handoff", abstained, "not_handed_off"],
  ] as const)("that expects %s is judged", (expects, given, reason) => {
    expect(scoreAnswer({ ...content, expects }, given, null).reason).toBe(reason);
  });

  test("that names only a passage passes when it was at hand", () => {
    const open = { ...content, goldAnswers: [] };
    const elsewhere = { documentId: "d", place: { start: 0, end: 9 } };
    expect(scoreAnswer(open, answer, null).reason).toBe("answered");
    expect(scoreAnswer(open, answer, elsewhere)).toMatchObject({
      passed: false,
      reason: "passage_not_found",
    });
  });
});

describe("retrieval", () => {
  const search = (isBetter: boolean | undefined, candidates: unknown[]) => ({
    stage: isBetter === undefined ? ("retrieve" as const) : ("refine" as const),
    ms: 1,
    summary: "",
    data: {
      documents: [{ id: "a" }, { id: "b" }],
      candidates,
      ...(isBetter === undefined ? {} : { isBetter }),
    },
  });
  const first = search(undefined, [
    { place: 1, fate: "chosen", document: 0, start: 0, end: 100 },
    { place: 2, fate: "chosen", document: 1, start: 0, end: 100 },
    { place: 3, fate: "duplicate", duplicateOf: 1, document: 1, start: 100, end: 200 },
    { place: 4, fate: "below", document: 1, start: 200, end: 300 },
  ]);
  const at = (start: number) => ({ documentId: "b", place: { start, end: start + 10 } });

  test.each([
    [at(50), { hit: true, rank: 2, reciprocalRank: 0.5, ndcg: 1 / Math.log2(3) }],
    [at(150), { hit: true, rank: 1, reciprocalRank: 1, ndcg: 1 }],
    [at(250), { hit: false, rank: 4, reciprocalRank: 0.25, ndcg: 1 / Math.log2(5) }],
    [at(900), { hit: false, rank: null, reciprocalRank: 0, ndcg: 0 }],
    [
      { documentId: "a", place: null },
      { hit: true, rank: 1, reciprocalRank: 1, ndcg: 1 },
    ],
  ])("finds %j at its place", (gold, scores) => {
    expect(retrievalScores({ ...trace, stages: [first] }, gold)).toEqual(scores);
  });

  test("is judged by the second search where that was taken", () => {
    const again = [{ place: 1, fate: "chosen", document: 1, start: 0, end: 100 }];
    const taken = { ...trace, stages: [first, search(true, again)] };
    const left = { ...trace, stages: [first, search(false, again)] };
    expect(retrievalScores(taken, at(50)).rank).toBe(1);
    expect(retrievalScores(left, at(50)).rank).toBe(2);
  });
});

test("figures are over what they can be measured on", () => {
  const none = { hit: null, rank: null, reciprocalRank: null, ndcg: null, contained: null };
  const row = (over: Partial<Scored>): Scored => ({
    expects: "answer",
    deed: "answered",
    passed: true,
    reason: "correct",
    scores: { ...none, faithfulness: null, tokenF1: null },
    latencyMs: 10,
    cost: 0.5,
    isFallback: false,
    ...over,
  });
  const summary = summarize([
    row({ scores: { ...none, hit: true, reciprocalRank: 1, ndcg: 1, faithfulness: 0.5, tokenF1: 1 } }),
    row({ expects: "abstain", deed: "refused", reason: "abstained_rightly", latencyMs: 30 }),
    row({ deed: "refused", passed: false, reason: "abstained_wrongly", latencyMs: 20 }),
    row({ expects: "abstain", passed: false, reason: "answered_wrongly", cost: null, latencyMs: null }),
  ]);
  expect(summary).toMatchObject({
    cases: 4,
    passed: 2,
    retrieval: { cases: 1, hit: 1, mrr: 1 },
    faithfulness: { cases: 1, value: 0.5 },
    correctness: { cases: 1, correct: 1 },
    refusal: { precision: 0.5, recall: 0.5, expected: 2, refused: 2 },
    handoff: { precision: null, recall: null, expected: 0, handedOff: 0 },
    latency: { p50: 20, p95: 30 },
    cost: 1.5,
  });
  expect(summarize([]).retrieval.hit).toBeNull();
});

test("the sign test is exact", () => {
  expect(signTest(0, 0)).toBe(1);
  expect(signTest(5, 5)).toBe(1);
  expect(signTest(0, 5)).toBeCloseTo(0.0625);
  expect(signTest(1, 9)).toBeCloseTo(0.0215, 3);
  expect(signTest(0, 2_000)).toBeCloseTo(0);
  expect(signTest(1_000, 1_000)).toBe(1);
});
