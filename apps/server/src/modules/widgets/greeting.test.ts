import { expect, test } from "vitest";
import { defaultGreeting, firstGreeting, greetingFor } from "./greeting.ts";

const shop = firstGreeting("1b74e6f9-0a2c-4d85-b3e6-92f4c7d1508a");

test.each([
  [defaultGreeting, "en", defaultGreeting],
  [defaultGreeting, "fr-CA", "Bonjour ! Comment puis-je vous aider ?"],
  [defaultGreeting, "ar", "مرحبًا! كيف يمكنني مساعدتك اليوم؟"],
  [defaultGreeting, "de", defaultGreeting],
  [defaultGreeting, null, defaultGreeting],
  ["Welcome to the shop", "fr", "Welcome to the shop"],
  [shop, "en", "Hello! Looking for something, or is it about delivery or a return?"],
  [shop, "fr", "Bonjour ! Vous cherchez un article, ou est-ce pour une livraison ou un retour ?"],
  [shop, "ar", "مرحبًا! هل تبحث عن شيء، أم لديك سؤال عن التوصيل أو الإرجاع؟"],
  [shop, "tlh", shop],
])("%j for a visitor in %j is %j", (greeting, locale, expected) => {
  expect(greetingFor(greeting, locale)).toBe(expected);
});

test("a bot of no template, or of one that is gone, greets as any", () => {
  expect(firstGreeting(null)).toBe(defaultGreeting);
  expect(firstGreeting("00000000-0000-4000-8000-000000000000")).toBe(defaultGreeting);
});
