import { describe, expect, test } from "vitest";
import { detectDelimiter, parseCsv } from "./csv.ts";

const read = async (source: string) => (await parseCsv(source)).text;

test("each row carries the names of its columns; empty cells are left out", async () => {
  const { text, blocks } = await parseCsv('Question,Answer\n"When, and how?",Within 14 days\nWhere?,\n');
  expect(text).toBe("Question: When, and how?\nAnswer: Within 14 days\n\nQuestion: Where?");
  expect(blocks.map(({ kind, start, end }) => [kind, text.slice(start, end)])).toEqual([
    ["record", "Question: When, and how?\nAnswer: Within 14 days"],
    ["record", "Question: Where?"],
  ]);
});

test.each([
  [",", "a,b\n1,2"],
  [";", "a;b;c\n1,5;2,5;3\n4;5;6"],
  ["\t", "a\tb\n1, or so\t2"],
  ["|", "a|b|c\n1|2|3"],
  [",", '"x;y",b\n"1;2;3",4'],
  [",", "only one column\nand one row"],
])("finds the delimiter %j", (delimiter, source) => {
  expect(detectDelimiter(source)).toBe(delimiter);
});

describe("awkward but legal tables", () => {
  test.each([
    ["names missing", "a,\n1,2", "a: 1\ncolumn 2: 2"],
    ["more cells than names", "a,b\n1,2,3", "a: 1\nb: 2\ncolumn 3: 3"],
    ["line breaks in a cell", 'a,b\r\n"x\r\n\r\ny",2\r\n', "a: x\n  y\nb: 2"],
    ["quotes inside a bare cell", 'size\n5" pipe', 'size: 5" pipe'],
    ["blank lines before the names", "\n\na,b\n1,2", "a: 1\nb: 2"],
  ])("%s", async (_name, source, text) => {
    expect(await read(source)).toBe(text);
  });
});

describe("refusals", () => {
  test.each([
    ["an unclosed quotation mark", 'a,b\n1,2\n3,"open\n4,5\n', "MALFORMED", /on line 3 is never closed/],
    ["one after a row of three lines", 'a,b\n"1\n2\n3",x\n"open', "MALFORMED", /on line 5/],
    ["one closed too early", 'a,b\n"x" y,2\n"z",3', "MALFORMED", /on line 2 is closed/],
    ["a row of a million characters", `a,b\n1,${"x".repeat(1_100_000)}`, "MALFORMED", /million/],
    ["nothing", "", "EMPTY_FILE", /empty/],
    ["only blank lines", "\n \n", "EMPTY_FILE", /empty/],
    ["only names", "a,b,c\n", "EMPTY_FILE", /no rows/],
  ])("%s", async (_name, source, code, message) => {
    await expect(parseCsv(source)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });
});
