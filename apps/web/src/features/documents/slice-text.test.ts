import { describe, expect, test } from "vitest";
import {
  blocksOf,
  cleanSpans,
  growBack,
  growForward,
  isInside,
  piecesOf,
  windowAround,
} from "./slice-text.ts";

const text = "First paragraph.\n\nSecond one,\nwith two lines.\n\n\nثالث: فقرة أخيرة 😀.";
const long = Array.from({ length: 400 }, (_, index) => `Paragraph ${index} of a long text.`).join("\n\n");

function joined(source: string, parts: readonly { start: number; end: number }[]): string {
  return parts.map(({ start, end }) => source.slice(start, end)).join("");
}

describe("blocksOf", () => {
  test("cuts at empty lines and loses no character", () => {
    const blocks = blocksOf(text, []);
    expect(blocks).toHaveLength(3);
    expect(joined(text, blocks)).toBe(text);
  });

  test("begins a block with each page, in the middle of a paragraph too", () => {
    const start = text.indexOf("with two");
    const blocks = blocksOf(text, [
      { number: 1, start: 0 },
      { number: 2, start },
    ]);
    expect(blocks.map((block) => block.page)).toEqual([1, null, 2, null]);
    expect(joined(text, blocks)).toBe(text);
  });

  test("cuts long text without empty lines at line ends", () => {
    const table = Array.from({ length: 500 }, (_, row) => `${row},some,cells`).join("\n");
    const blocks = blocksOf(table, []);
    expect(blocks.length).toBeGreaterThan(3);
    expect(joined(table, blocks)).toBe(table);
    for (const block of blocks.slice(0, -1)) expect(table[block.end - 1]).toBe("\n");
  });

  test("has no blocks for an empty text", () => {
    expect(blocksOf("", [{ number: 1, start: 0 }])).toEqual([]);
  });
});

describe("piecesOf", () => {
  const block = { start: 0, end: text.length };

  test("marks a passage across paragraphs in each block that it touches", () => {
    const span = { start: text.indexOf("paragraph."), end: text.indexOf(" one,") };
    const pieces = blocksOf(text, []).flatMap((each) => piecesOf(text, each, [span]));
    expect(pieces.map((piece) => piece.text).join("")).toBe(text);
    const marked = pieces.filter((piece) => piece.span === 0).map((piece) => piece.text);
    expect(marked.join("")).toBe("paragraph.\n\nSecond");
    expect(marked).toHaveLength(2);
  });

  test("gives overlapping text to the first passage", () => {
    const pieces = piecesOf(text, block, [
      { start: 0, end: 10 },
      { start: 6, end: 16 },
    ]);
    expect(pieces.map((piece) => [piece.text, piece.span])).toEqual([
      ["First ", 0],
      ["para", 0],
      ["graph.", 1],
      [text.slice(16), null],
    ]);
  });

  test("leaves a block without passages whole", () => {
    expect(piecesOf(text, block, [])).toEqual([{ start: 0, text, span: null }]);
  });
});

describe("windows", () => {
  const blocks = blocksOf(long, []);
  const start = long.indexOf("Paragraph 200 ");
  const span = { start, end: start + 20 };

  test("hold the passage with text on both sides, not the whole document", () => {
    const window = windowAround(blocks, span, 1_000);
    expect(isInside(blocks, window, span)).toBe(true);
    expect(window.from).toBeGreaterThan(0);
    expect(window.to).toBeLessThan(blocks.length);
    const before = span.start - (blocks[window.from]?.start ?? 0);
    expect(before).toBeGreaterThanOrEqual(1_000 - 40);
    expect(before).toBeLessThan(1_100);
  });

  test("grow to both ends and stop there", () => {
    let window = windowAround(blocks, span, 500);
    for (let round = 0; round < 50; round++) {
      window = growForward(blocks, growBack(blocks, window, 2_000), 2_000);
    }
    expect(window).toEqual({ from: 0, to: blocks.length });
  });

  test("show the beginning when there is no passage, or one beyond the text", () => {
    const beginning = windowAround(blocks, null, 1_000);
    expect(beginning.from).toBe(0);
    expect(beginning.to).toBeLessThan(blocks.length);
    expect(windowAround(blocks, { start: 1e9, end: 1e9 + 5 }, 1_000)).toEqual(beginning);
    expect(windowAround([], null, 1_000)).toEqual({ from: 0, to: 0 });
  });
});

test("cleanSpans sorts, cuts to the text and drops what is empty or double", () => {
  const spans = [
    { start: 30, end: 40 },
    { start: 5, end: 9 },
    { start: 30, end: 40 },
    { start: 7, end: 7 },
    { start: 45, end: 90 },
    { start: 60, end: 70 },
  ];
  expect(cleanSpans(spans, 50)).toEqual([
    { start: 5, end: 9 },
    { start: 30, end: 40 },
    { start: 45, end: 50 },
  ]);
});
