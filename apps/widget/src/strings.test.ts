import { expect, test } from "vitest";
import { LOCALES, supportedLocale, translator, WORDS } from "./strings.ts";

test.each(Object.entries(WORDS))("%s stands in every language, with the same places", (_, texts) => {
  expect(texts).toHaveLength(LOCALES.length);
  const places = texts.map((text) => text.split("{}").length);
  expect(new Set(places).size).toBe(1);
  for (const text of texts) expect(text.trim()).not.toBe("");
  expect(texts[2]).toMatch(/[\u0600-\u06ff]/);
});

test("fills a place", () => {
  expect(translator("fr")("typing", "Salma")).toBe("Salma écrit");
});

test.each([
  ["fr-CA", "fr"],
  ["AR", "ar"],
  ["de", undefined],
  ["", undefined],
  [null, undefined],
])("the locale of %j is %j", (tag, locale) => expect(supportedLocale(tag)).toBe(locale));
