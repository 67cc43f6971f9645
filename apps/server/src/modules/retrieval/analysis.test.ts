import { expect, test } from "vitest";
import { chunkTerms, queryTerms } from "./analysis.ts";

test("text, title and headings are read each by itself, in the chunk's language", () => {
  const chunk = { text: "Red tea", title: "Tea, the teas", headingPath: ["Tea", "Pots"], language: "en" };
  expect(chunkTerms(chunk)).toEqual({
    text: ["red", "tea"],
    title: ["tea", "tea"],
    headings: ["tea", "pot"],
  });
});

test("a few words that prove no language are read in English and in French", () => {
  const { terms } = queryTerms("notifications installation");
  const of = (language: string) =>
    chunkTerms({ text: "notifications installation", title: "", headingPath: [], language }).text;
  expect(terms).toEqual(expect.arrayContaining([...of("en"), ...of("fr")]));
});

test("a question with function words is read in its own language alone", () => {
  expect(queryTerms("Where are the notifications?").terms).toEqual(["notif"]);
  expect(queryTerms("أين المكتبة").language).toBe("ar");
});

test("repeats stay, but no more than 64 different terms do", () => {
  expect(queryTerms("the tea and the tea").terms).toEqual(["tea", "tea"]);
  const page = Array.from({ length: 500 }, (_, i) => `the term${i}`).join(" ");
  expect(new Set(queryTerms(`${page} ${page}`).terms).size).toBe(64);
});
