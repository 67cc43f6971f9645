import { describe, expect, test } from "vitest";
import type { Strings } from "./i18n.ts";
import { languages } from "./preferences.ts";

const modules = import.meta.glob<Record<string, Strings<Record<string, string>>>>("../**/strings.ts", {
  eager: true,
});
const all = Object.values(modules).flatMap((module) => Object.values(module));

const forms = ["zero", "one", "two", "few", "many", "other"];
const stemOf = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, "");
const namesIn = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? "");

test("the strings of every feature were found", () => {
  expect(all.map((strings) => strings.namespace)).toEqual(
    expect.arrayContaining(["ui", "shell", "messages"]),
  );
  expect(new Set(all.map((strings) => strings.namespace)).size).toBe(all.length);
});

describe.each(all.map((strings) => [strings.namespace, strings] as const))("%s", (_, { tables }) => {
  const stems = new Set(Object.keys(tables.en).map(stemOf));
  const plural = new Set(
    Object.keys(tables.en)
      .filter((key) => key !== stemOf(key))
      .map(stemOf),
  );

  test.each(languages)("has every text in %s, and no other", (language) => {
    const table = tables[language];
    expect(new Set(Object.keys(table).map(stemOf))).toEqual(stems);
    expect(Object.entries(table).filter(([, text]) => text.trim() === "")).toEqual([]);
  });

  test.each(languages)("has every plural form that %s needs", (language) => {
    const table = tables[language];
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const stem of plural) {
      const given = forms.filter((form) => `${stem}_${form}` in table);
      expect({ stem, forms: given.sort() }).toEqual({ stem, forms: [...needed].sort() });
    }
  });

  test.each(languages)("asks for no variable in %s that English does not give", (language) => {
    for (const [key, text] of Object.entries(tables[language])) {
      const english = tables.en[key] ?? tables.en[`${stemOf(key)}_other`] ?? "";
      expect({ key, unknown: namesIn(text).filter((name) => !namesIn(english).includes(name)) }).toEqual({
        key,
        unknown: [],
      });
    }
  });
});
