import { expect, test } from "vitest";
import { defineStrings, translator } from "./i18n.ts";

const strings = defineStrings("test", {
  en: { hello: "Hello {{name}}", files_one: "{{count}} file", files_other: "{{count}} files" },
  fr: { hello: "Bonjour {{name}}", files_one: "{{count}} fichier", files_other: "{{count}} fichiers" },
  ar: {
    hello: "مرحبًا {{name}}",
    files_zero: "لا ملفات",
    files_one: "ملف واحد",
    files_two: "ملفان",
    files_few: "{{count}} ملفات",
    files_many: "{{count}} ملفًا",
    files_other: "{{count}} ملف",
  },
});

test("puts variables in, as they are", () => {
  expect(translator(strings, "en")("hello", { name: "<b>{{name}} & $1" })).toBe("Hello <b>{{name}} & $1");
});

test("keeps the words around a name in their order where text goes left", () => {
  expect(translator(strings, "ar")("hello", { name: "C++" })).toBe("مرحبًا \u2068C++\u2069");
});

test.each([
  ["en", 0, "0 files"],
  ["en", 1, "1 file"],
  ["en", 1200, "1,200 files"],
  ["fr", 0, "0 fichier"],
  ["fr", 2, "2 fichiers"],
  ["fr", 1_000_000, "1 000 000 fichiers"],
  ["ar", 0, "لا ملفات"],
  ["ar", 1, "ملف واحد"],
  ["ar", 2, "ملفان"],
  ["ar", 5, "5 ملفات"],
  ["ar", 11, "11 ملفًا"],
  ["ar", 100, "100 ملف"],
] as const)("in %s, %d reads %j", (language, count, text) => {
  expect(translator(strings, language)("files", { count }).replaceAll(/[\u202f\u00a0]/g, " ")).toBe(text);
});
