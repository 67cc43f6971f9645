import { expect, test } from "vitest";
import { linesIn, wordsIn } from "./words.ts";

test.each([
  { text: "", words: [] },
  { text: " VIP, enterprise,,vip ", words: ["vip", "enterprise"] },
  { text: "مهم، جديد", words: ["مهم", "جديد"] },
])("the words of “$text”", ({ text, words }) => {
  expect(wordsIn(text)).toEqual(words);
});

test("lines lose blanks and empty ones", () => {
  expect(linesIn(" a@b.test \n\n+33 6 \n")).toEqual(["a@b.test", "+33 6"]);
});
