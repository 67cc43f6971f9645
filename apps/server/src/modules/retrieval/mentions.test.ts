import { describe, expect, test } from "vitest";
import { mentionsOf, readTurns, termsOfTurns } from "./mentions.ts";

const rarity = (term: string) => (["hotel", "plan"].includes(term) ? 1 : 5);
const named = (names: string[], question: string, ...context: string[]) =>
  mentionsOf(names, readTurns(question, context), rarity).map(({ name, turn }) => [name, turn]);

describe("the name that a conversation is about", () => {
  test("is the one that was said last", () => {
    const names = ["Grant Inn", "Park Tavern"];
    expect(named(names, "what time is check-in?", "the grant inn is near", "and the park tavern?")).toEqual([
      ["Grant Inn", 1],
      ["Park Tavern", 2],
    ]);
  });

  test("is the question's own before any that was said", () => {
    expect(
      named(["Basic plan", "Pro plan"], "what about the pro plan?", "how much is the basic plan?"),
    ).toEqual([
      ["Pro plan", 0],
      ["Basic plan", 1],
    ]);
  });

  test.each([
    ["most of it", "Laurel Inn Pacific", "it's called the laurel inn"],
    ["other capitals and marks", "RUSTY'S SOUTHERN", "rusty's southern is the name"],
    ["a file's name", "refund-policy.pdf", "see the refund policy"],
    ["Arabic", "فندق الواحة", "أنصحك بفندق الواحة"],
    ["French", "Musée d'Orsay", "le musee d'orsay est ouvert"],
    ["a Latin name in an Arabic sentence", "Grant Hotel", "أنصحك بالإقامة في Grant Hotel"],
  ])("is known by %s", (_, name, said) => {
    expect(named([name], "and the price?", said)).toEqual([[name, 1]]);
  });

  test("is none where only a common word of it was said, or its words far from each other", () => {
    expect(named(["Grant Hotel"], "is it open?", "we need a hotel")).toEqual([]);
    expect(
      named(["Golden Gate Bridge"], "is it open?", "golden days, then nothing more until a late gate"),
    ).toEqual([]);
  });
});

describe("bounds", () => {
  test("nothing was said", () => {
    expect(termsOfTurns(readTurns("", []))).toEqual([]);
    expect(named(["Grant Hotel"], "", "")).toEqual([]);
  });

  test("of many and of huge turns the newest beginnings are read", () => {
    const turns = readTurns(
      "question",
      Array.from({ length: 200 }, (_, at) => `turn${at} ${"filler ".repeat(50_000)}`),
    );
    expect(turns).toHaveLength(21);
    expect(Math.max(...turns.map(({ terms }) => terms.length))).toBeLessThan(400);
    expect(termsOfTurns(turns).length).toBeLessThanOrEqual(64);
    expect(
      named(["turn0", "turn150"], "question", ...Array.from({ length: 200 }, (_, at) => `turn${at}`)),
    ).toEqual([["turn0", 1]]);
  });

  test("of many different words the newest are searched", () => {
    const words = Array.from({ length: 100 }, (_, at) => `w${at}x`).join(" ");
    expect(termsOfTurns(readTurns("newest", [words]))[0]).toBe("newest");
    expect(termsOfTurns(readTurns("newest", [words]))).toHaveLength(64);
  });
});
