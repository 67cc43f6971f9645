import { expect, test } from "vitest";
import { headingLevels } from "./pdf-headings.ts";
import { blocksOfPage, cleanLines, withoutRunningLines } from "./pdf-lines.ts";

const linesOf = (texts: readonly string[], fontSize = 10) => texts.map((text) => ({ text, fontSize }));
const noHeadings = () => null;

test("headers, footers and page numbers that repeat are left out", () => {
  const pages = [1, 2, 3, 4, 5].map((page) =>
    linesOf(["", `Annual report ${page}`, `Line A${page} x`, `Line B${page} x`, `Page ${page} of 5`, ""]),
  );
  expect(withoutRunningLines(pages)).toEqual(
    [1, 2, 3, 4, 5].map((page) => linesOf([`Line A${page} x`, `Line B${page} x`])),
  );
});

test("broken words are whole again, and old LaTeX accents sit on their letters", () => {
  const lines = cleanLines(linesOf(["a na¨ıve pro\ufffegram, ef\u00ad\r", "fects, r´eussi\u0007"]));
  expect(blocksOfPage(lines, noHeadings)).toEqual([
    { kind: "paragraph", text: "a naïve program, effects, réussi" },
  ]);
});

test("lines are grouped into paragraphs", () => {
  const lines = [
    "Returns",
    "Goods may be returned within fourteen days after they",
    "were delivered, in their package.",
    "Keep the receipt, for without it we cannot find the order",
    "in our books.",
    "• damaged goods",
    "• wrong goods",
  ];
  expect(blocksOfPage(linesOf(lines), noHeadings).map(({ text }) => text)).toEqual([
    "Returns",
    `${lines[1]}\n${lines[2]}`,
    `${lines[3]}\n${lines[4]}`,
    "• damaged goods",
    "• wrong goods",
  ]);
});

test("larger lines are headings, the largest the highest", () => {
  const text = linesOf(Array(20).fill("This is the text of the page, line after line after line."));
  const lines = [...linesOf(["Terms and", "conditions"], 20), ...text, ...linesOf(["Returns"], 14), ...text];
  const headings = blocksOfPage(lines, headingLevels([lines])).filter(({ kind }) => kind === "heading");
  expect(headings).toEqual([
    { kind: "heading", level: 1, text: "Terms and conditions" },
    { kind: "heading", level: 2, text: "Returns" },
  ]);
});

test("where much is large, nothing is a heading", () => {
  const slide = [
    ...linesOf(["A large statement", "and another one"], 30),
    ...linesOf(["A footnote of this slide"], 10),
  ];
  expect(slide.map(headingLevels([slide]))).toEqual([null, null, null]);
});
