import { expect, test } from "vitest";
import { chooseDifferent } from "./near-duplicates.ts";

const words = (count: number, from = 0): string =>
  Array.from(
    { length: count },
    (_, i) => `word${String.fromCharCode(97 + ((i + from) % 26)).repeat(3 + ((i + from) >> 4))}`,
  ).join(" ");

const passage = (text: string, title = "Title") => ({ text, title, headingPath: ["Part"] });
const fates = (texts: ReturnType<typeof passage>[], query = "question", limit = 5) =>
  chooseDifferent(texts, query, limit).map(({ fate, duplicateOf }) =>
    duplicateOf === null ? fate : `${fate} of ${duplicateOf}`,
  );

const long = words(100);

test("of near duplicates only the best stays, and the next one takes the place", () => {
  const texts = [passage(long), passage(`${long} indeed`), passage("something else"), passage("a third")];
  expect(fates(texts, "question", 2)).toEqual(["chosen", "duplicate of 0", "chosen", "below"]);
});

test("most of a better passage says nothing new; a small piece of it, or more than it, does", () => {
  const words = long.split(" ");
  const most = words.slice(0, 90).join(" ");
  const piece = words.slice(20, 70).join(" ");
  expect(fates([passage(long), passage(most), passage(piece)])).toEqual([
    "chosen",
    "duplicate of 0",
    "chosen",
  ]);
  expect(fates([passage(most), passage(`${long} ${piece}`)])).toEqual(["chosen", "chosen"]);
});

test("passages that merely overlap, as neighbours in a document do, both stay", () => {
  expect(fates([passage(words(100)), passage(words(100, 80))])).toEqual(["chosen", "chosen"]);
});

test.each([
  ["a number", "It costs 19 euros.", "It costs 29 euros."],
  ["a negation that one has", "Dogs are allowed.", "Dogs are not allowed."],
  ["a negation that the better one has", "Dogs are not allowed.", "Dogs are allowed."],
  ["a French negation", "Il est remboursé sous peu.", "Il n'est pas remboursé sous peu."],
  ["an Arabic negation", "يسمح بالكلاب.", "لا يسمح بالكلاب."],
])("long passages that differ in %s both stay", (_what, one, other) => {
  expect(fates([passage(`${long} ${one} ${long}`), passage(`${long} ${other} ${long}`)])).toEqual([
    "chosen",
    "chosen",
  ]);
});

test("long passages that differ in what was asked for both stay", () => {
  const texts = [passage(`${long} in Belgium`), passage(`${long} in France`)];
  expect(fates(texts, "returns in France")).toEqual(["chosen", "chosen"]);
  expect(fates(texts, "returns")).toEqual(["chosen", "duplicate of 0"]);
});

test("the same few words under other titles are no duplicates, nor are passages without text", () => {
  const texts = [
    passage("Yes, pets are welcome.", "Hotel Alpha"),
    passage("Yes, pets are welcome.", "Hotel Beta"),
    passage("", "Opening hours"),
    passage("", "Parking"),
    passage("", ""),
  ];
  expect(fates(texts)).toEqual(Array(5).fill("chosen"));
});
