import { expect, test } from "vitest";
import { say } from "../answers.strings.ts";
import { contextOf, hasOfferedPerson } from "./context.ts";
import type { Turn } from "./prompt.ts";
import { understand } from "./understand.ts";

test("what was said is read newest first, with what the bot cited", () => {
  const history: Turn[] = [
    { author: "customer", text: "Are dogs allowed?" },
    { author: "bot", text: "Yes.", cited: ["Grant Inn.md", "Pets"] },
    { author: "system", text: "Ada joined." },
    { author: "bot", text: "" },
  ];
  expect(contextOf(history)).toEqual(["Yes.\nGrant Inn.md\nPets", "Are dogs allowed?"]);
  expect(contextOf([])).toEqual([]);
});

test("of 200 huge messages little is read", () => {
  const history = Array.from(
    { length: 200 },
    (_, at): Turn => ({
      author: at % 2 ? "bot" : "customer",
      text: `message ${at} ${"مرحبا 😀 words ".repeat(20_000)}`,
    }),
  );
  const context = contextOf(history);
  const { intent } = understand(
    "and that?",
    history.map(({ text }) => text),
    { context },
  );
  expect(intent).toBe("question");
  expect(context).toHaveLength(20);
  expect(context[0]).toMatch(/^message 199 /);
  expect(Math.max(...context.map(({ length }) => length))).toBeLessThanOrEqual(1_000);
  expect(context.every((text) => text.isWellFormed())).toBe(true);
});

test("the bot's offer is known in every language, and only while it is the last thing said", () => {
  for (const language of ["en", "fr", "ar"]) {
    const offer: Turn = { author: "bot", text: say("unknown", language) };
    expect(hasOfferedPerson([offer])).toBe(true);
    expect(hasOfferedPerson([offer, { author: "customer", text: "hm" }])).toBe(false);
  }
  expect(hasOfferedPerson([])).toBe(false);
  expect(hasOfferedPerson([{ author: "customer", text: say("unknown", "en") }])).toBe(false);
});
