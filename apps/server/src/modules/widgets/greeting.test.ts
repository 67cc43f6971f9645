import { expect, test } from "vitest";
import { defaultGreeting, greetingFor } from "./greeting.ts";

test.each([
  [defaultGreeting, "en", defaultGreeting],
  [defaultGreeting, "fr-CA", "Bonjour ! Comment puis-je vous aider ?"],
  [defaultGreeting, "ar", "مرحبًا! كيف يمكنني مساعدتك اليوم؟"],
  [defaultGreeting, "de", defaultGreeting],
  [defaultGreeting, null, defaultGreeting],
  ["Welcome to the shop", "fr", "Welcome to the shop"],
])("%j for a visitor in %j is %j", (greeting, locale, expected) => {
  expect(greetingFor(greeting, locale)).toBe(expected);
});
