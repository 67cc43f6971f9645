import { expect, test } from "vitest";
import { filled, gapIn, slashWord } from "./canned.ts";

const about = {
  customer: { id: "1", name: "Mona", email: null },
  bot: { id: "2", name: "Shop" },
  subject: null,
};

test("fills in what is known, and leaves the rest to be seen", () => {
  const text = filled(
    "Hi {{customer.name}}, {{ agent.name }} of {{bot.name}}: {{customer.email}}",
    about,
    "Bo",
  );
  expect(text).toBe("Hi Mona, Bo of Shop: {{customer.email}}");
  expect(gapIn(text)).toBe("{{customer.email}}");
  expect(gapIn(filled("Hi {{customer.name}}", about, "Bo"))).toBeNull();
  expect(gapIn("{{somebody.else}}")).toBe("{{somebody.else}}");
});

test("a value with braces of its own is not filled in again", () => {
  const named = { ...about, customer: { id: "1", name: "{{agent.name}}", email: null } };
  expect(filled("Hi {{customer.name}}", named, "Bo")).toBe("Hi {{agent.name}}");
});

test.each([
  ["/", 1, { from: 0, word: "" }],
  ["Hello /tha", 10, { from: 6, word: "tha" }],
  ["Hello\n/شكر", 10, { from: 6, word: "شكر" }],
  ["and/or", 6, null],
  ["/thanks a lot", 13, null],
  ["/thanks a lot", 4, { from: 0, word: "tha" }],
])("looks in %j at %i for %j", (text, cursor, found) => {
  expect(slashWord(text, cursor)).toEqual(found);
});
