import { describe, expect, test } from "vitest";
import { Comparison, type Question } from "./choose-problem.ts";
import { groupQuestions } from "./group-questions.ts";
import { wordsHash } from "./read-wording.ts";

const question = (text: string): Question => ({ id: text, text, vector: null, vectorModel: null });

/** Whether the second question joins the first. */
function isSame(one: string, other: string, among: readonly string[] = []): boolean {
  const comparison = new Comparison([one, other, ...among].map(question));
  return comparison.choose(other, new Map([["one", [one]]])) === "one";
}

describe("questions that ask the same", () => {
  test.each([
    ["How do I cancel my order?", "How can I cancel my order"],
    ["How do I cancel my order?", "how do i cancell my order"],
    ["How do I cancel my order?", "cancelling orders: how?"],
    ["How do I cancel my order?", "My order, how do I cancel it?"],
    ["Where is my parcel?", "where are my parcels"],
    ["Comment annuler ma commande ?", "comment puis-je annuler mes commandes"],
    ["كيف ألغي طلبي؟", "كيف أُلغي الطلب"],
    ["What does gift wrapping cost?", "What does gift wraping cost?"],
  ])("%s / %s", (one, other) => expect(isSame(one, other)).toBe(true));
});

describe("questions that ask for something else", () => {
  test.each([
    ["How do I cancel my order?", "How do I cancel my account?"],
    ["How do I change my address?", "How do I change my password?"],
    ["Is the shop open on Monday?", "Is the shop open on Sunday?"],
    ["Where is my order?", "When is my order?"],
    ["Can I use my card abroad?", "Why can't I use my card abroad?"],
    ["How do I pay invoice 1001?", "How do I pay invoice 1002?"],
    ["Comment annuler ma commande ?", "Comment annuler mon compte ?"],
    ["كيف ألغي طلبي؟", "كيف ألغي حسابي؟"],
    ["?", "!!"],
    ["", "Hello"],
  ])("%s / %s", (one, other) => expect(isSame(one, other)).toBe(false));

  test("a word that many questions share says little", () => {
    const among = ["refund", "invoice", "shipping", "voucher"].map(
      (what) => `How does the Harbour 7 ${what} work?`,
    );
    expect(isSame("Does the Harbour 7 have lights?", "Does the Harbour 7 have brakes?", among)).toBe(false);
  });
});

test("wordings are equal whatever their case, accents and marks", () => {
  expect(wordsHash("Où est MA commande ?")).toBe(wordsHash("ou est ma commande"));
  expect(wordsHash("Where is it")).not.toBe(wordsHash("Where is she"));
  expect(wordsHash("???")).not.toBe(wordsHash("!!"));
});

describe("a trained model's vectors", () => {
  const vectors: Record<string, number[]> = {
    "How do I get my money back?": [1, 0, 0],
    "What about a refund?": [0.99, Math.sqrt(1 - 0.99 ** 2), 0],
    "Is it raining?": [0.85, Math.sqrt(1 - 0.85 ** 2), 0],
  };
  const withVector = (id: string, vectorModel: string): Question => ({
    id,
    text: id,
    vector: vectors[id] ?? null,
    vectorModel,
  });

  test("bring together what shares no word, and only what is near for that model", () => {
    const comparison = new Comparison(Object.keys(vectors).map((id) => withVector(id, "openai:small")));
    const groups = new Map([["money", ["How do I get my money back?"]]]);
    expect(comparison.choose("What about a refund?", groups)).toBe("money");
    expect(comparison.choose("Is it raining?", groups)).toBeNull();
  });

  test("of two models are not compared", () => {
    const comparison = new Comparison([
      withVector("How do I get my money back?", "openai:small"),
      withVector("What about a refund?", "ollama:other"),
    ]);
    expect(comparison.likeness("How do I get my money back?", "What about a refund?")).toBe(0);
  });

  test("are read from the middle of all pairs: where everything is near, near is not enough", () => {
    const crowd = Array.from({ length: 12 }, (_, n) => ({
      id: `q${n}`,
      text: `topic${n}`,
      vector: [Math.cos(n * 0.02), Math.sin(n * 0.02)],
      vectorModel: "openai:small",
    }));
    const comparison = new Comparison(crowd);
    expect(comparison.choose("q5", new Map([["far", ["q0"]]]))).toBeNull();
  });
});

test("grouping keeps what is fixed, and comes to the same every time", async () => {
  const texts = ["Do you sell bells?", "do you sell a bell", "Is there parking?", "Parking: is there any?"];
  const questions = texts.map((text, at) => ({ ...question(text), fixedIn: at === 1 ? "kept" : null }));
  const group = async () => [...(await groupQuestions(questions, async () => {}))];
  expect(await group()).toEqual([
    ["kept", [texts[1], texts[0]]],
    ["new-2", [texts[2], texts[3]]],
  ]);
  expect(await group()).toEqual(await group());
});
