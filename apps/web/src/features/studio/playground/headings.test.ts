import { expect, test } from "vitest";
import { headingsIn, questionIn } from "./headings.ts";

const chunks = (...paths: string[][]) => paths.map((headingPath) => ({ headingPath }));

test("takes the innermost heading of readable length, each once", () => {
  const found = headingsIn(
    chunks([], ["Guide", "Returns:"], ["Guide", "Returns:"], ["A"], ["x".repeat(80)], ["Guide", "Prices"]),
  );
  expect(found).toEqual(["Returns", "Prices"]);
});

test("spreads three over the document", () => {
  const many = chunks(...Array.from({ length: 9 }, (_, index) => [`Chapter ${index + 1}`]));
  expect(headingsIn(many)).toEqual(["Chapter 1", "Chapter 4", "Chapter 7"]);
});

test("finds none in a text without headings", () => {
  expect(headingsIn(chunks([], []))).toEqual([]);
});

test.each([
  ["How to remove a website", "How to remove a website?"],
  ["Comment retirer un site", "Comment retirer un site\u202f?"],
  ["كيف أزيل موقعًا", "كيف أزيل موقعًا؟"],
  ["Howling wolves", null],
  ["Prices", null],
])("asks %s as %s", (heading, question) => {
  expect(questionIn(heading)).toBe(question);
});
