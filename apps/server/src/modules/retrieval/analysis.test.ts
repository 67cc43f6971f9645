import { expect, test } from "vitest";
import { chunkTerms, queryTerms } from "./analysis.ts";

test("title and heading words count once each, whatever their repetition", () => {
  const chunk = { text: "Red tea", title: "Tea, tea, tea", headingPath: ["Tea", "Pots"], language: "en" };
  expect(chunkTerms(chunk).sort()).toEqual(["pot", "red", "tea", "tea"]);
});

test("a few words that prove no language are read in English and in French", () => {
  const { terms } = queryTerms("notifications installation");
  const of = (language: string) =>
    chunkTerms({ text: "notifications installation", title: "", headingPath: [], language });
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
