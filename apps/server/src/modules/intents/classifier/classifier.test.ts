import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { classify } from "./classifier.ts";
import { featuresOf } from "./features.ts";
import { type Example, trainModel } from "./train-model.ts";

const taught: Record<string, string[]> = {
  refund: [
    "I want my money back",
    "How do I get a refund?",
    "Please refund my order",
    "Je veux un remboursement",
    "أريد استرداد أموالي",
  ],
  delivery: [
    "Where is my parcel?",
    "When will my order arrive?",
    "How long does delivery take?",
    "Quand arrive mon colis ?",
    "متى تصل الطلبية؟",
  ],
  password: [
    "I forgot my password",
    "How do I reset my password?",
    "I cannot sign in any more",
    "J'ai oublié mon mot de passe",
    "نسيت كلمة المرور",
  ],
};
const examples: Example[] = Object.entries(taught).flatMap(([intent, texts]) =>
  texts.map((text) => ({ intent, text })),
);
const { model, accuracy } = await trainModel(examples);
const told = (text: string) => classify(model, text).ranking[0]?.intent;

describe("a message", () => {
  test.each([
    ["refund my money please", "refund"],
    ["has my parcel arrived?", "delivery"],
    ["pasword reset", "password"],
    ["mot de passe oublié", "password"],
    ["استرداد المبلغ", "refund"],
    ["colis", "delivery"],
  ])("%s is told as %s", (text, intent) => expect(told(text)).toBe(intent));

  test("of strange words is out of scope, one that was taught is in", () => {
    expect(classify(model, "zebras graze on savannah grass").isInScope).toBe(false);
    expect(classify(model, "How do I reset my password?").isInScope).toBe(true);
  });

  test("of nothing, or of anything, has a ranking of all intents", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const { ranking, known } = classify(model, text);
        expect(ranking.map(({ intent }) => intent).sort()).toEqual(Object.keys(taught).sort());
        expect(ranking.every(({ score }) => Number.isFinite(score))).toBe(true);
        expect(known).toBeGreaterThanOrEqual(0);
        expect(known).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("of a megabyte is read by its beginning", () => {
    expect(featuresOf("refund ".repeat(150_000)).size).toBeLessThan(50);
    expect(featuresOf("x".repeat(1_000_000)).size).toBeLessThan(200);
  });
});

describe("training", () => {
  test("gives the same model for the same examples", async () => {
    expect((await trainModel(examples)).model).toEqual(model);
  });

  test("says how many held-out examples it would have told right", () => {
    expect(accuracy).toBeGreaterThan(0.3);
    expect(accuracy).toBeLessThanOrEqual(1);
  });

  test("stops when it is told to", async () => {
    await expect(trainModel(examples, AbortSignal.abort(new Error("Enough.")))).rejects.toThrow("Enough.");
  });
});
