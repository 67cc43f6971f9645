import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ChunkDraft } from "./chunk.ts";
import { chunk } from "./chunk.ts";
import { extractDocument } from "./extract.ts";
import { parseMarkdown } from "./markdown.ts";
import { bytesOf } from "./testing/make-files.ts";
import { parsePlainText } from "./text.ts";
import type { Extraction } from "./types.ts";

const markdown = (source: string): Extraction => ({
  format: "md",
  mediaType: "text/markdown",
  ...parseMarkdown(source),
});
const plain = (source: string): Extraction => ({
  format: "txt",
  mediaType: "text/plain",
  ...parsePlainText(source),
});
const sentences = (count: number, word: string) =>
  Array.from({ length: count }, (_, index) => `Sentence ${index} tells of ${word}.`).join(" ");
const outline = (chunks: ChunkDraft[]) =>
  chunks.map(({ headingPath, text }) => [headingPath.join(" > "), text]);

/** The promises that hold for every document and every option. */
function assertPromises(
  extraction: Extraction,
  chunks: ChunkDraft[],
  chunkSize: number,
  overlap: number,
): void {
  const { text } = extraction;
  const covered = new Uint8Array(text.length);
  let before: ChunkDraft | undefined;
  for (const [index, draft] of chunks.entries()) {
    expect(draft.position).toBe(index);
    expect(draft.text).toBe(text.slice(draft.start, draft.end));
    expect(draft.text).toBe(draft.text.trim());
    expect(draft.text.length).toBeGreaterThan(0);
    // The largest thing kept whole is twice the size; a heading may stand on top of it.
    expect(draft.text.length).toBeLessThanOrEqual(chunkSize * 4 + overlap);
    if (before) {
      expect(draft.start).toBeGreaterThan(before.start);
      expect(draft.end).toBeGreaterThan(before.end);
      expect(before.end - draft.start).toBeLessThanOrEqual(overlap);
    }
    covered.fill(1, draft.start, draft.end);
    before = draft;
  }
  const lost = [...text.matchAll(/\S/g)].filter(({ index }) => !covered[index]);
  expect(lost).toEqual([]);
}

describe("for every text", () => {
  const piece = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 400 }),
    fc.lorem({ maxCount: 30, mode: "sentences" }),
    fc.constantFrom(
      "# One",
      "## Two",
      "### Three",
      "Title\n---",
      "- item",
      "1. step",
      "```",
      "---",
      "> quote",
      "| a | b |",
      "|---|---|",
    ),
    fc.nat(3000).map((length) => "x".repeat(length)),
    fc.nat(600).map((length) => "😀".repeat(length)),
    fc.constantFrom("سياسة الاسترجاع. هل يمكن؟ نعم.", "Où est ma commande ? Elle arrive."),
  );
  const source = fc
    .array(fc.tuple(piece, fc.constantFrom("\n", "\n\n", " ")), { maxLength: 25 })
    .map((pieces) => pieces.flat().join(""));
  const options = fc
    .integer({ min: 200, max: 1200 })
    .chain((chunkSize) =>
      fc.record({ chunkSize: fc.constant(chunkSize), overlap: fc.nat(Math.floor(chunkSize / 2)) }),
    );

  test.each([
    ["Markdown", markdown],
    ["plain text", plain],
  ] as const)("nothing is lost, cut wrongly or out of order (%s)", (_name, parse) => {
    fc.assert(
      fc.property(source, options, (text, { chunkSize, overlap }) => {
        const extraction = parse(text);
        assertPromises(extraction, chunk(extraction, { chunkSize, overlap }), chunkSize, overlap);
      }),
      { numRuns: 300 },
    );
  });

  test("characters of two units are never torn apart", () => {
    const extraction = plain("😀".repeat(5001));
    for (const { text } of chunk(extraction, { chunkSize: 333, overlap: 0 }))
      expect(text.isWellFormed()).toBe(true);
  });

  test("text without blocks is still cut", () => {
    const extraction = { ...plain(sentences(40, "rain")), blocks: [] };
    assertPromises(extraction, chunk(extraction, { chunkSize: 300, overlap: 50 }), 300, 50);
  });
});

describe("structure", () => {
  test("a heading starts a chunk and names its section", () => {
    const [a, b] = [sentences(12, "apples"), sentences(12, "pears")];
    const chunks = chunk(markdown(`# Fruit\n\n## **Apples**\n\n${a}\n\n## Pears\n\n${b}\n\n# End\n\nBye.`), {
      chunkSize: 500,
      overlap: 0,
    });
    expect(outline(chunks)).toEqual([
      ["Fruit > Apples", `# Fruit\n\n## **Apples**\n\n${a}`],
      ["Fruit > Pears", `## Pears\n\n${b}`],
      ["End", "# End\n\nBye."],
    ]);
  });

  test("small sections under one parent share a chunk, large ones do not", () => {
    const small = (name: string) => `## ${name}\n\nShort.`;
    const chunks = chunk(
      markdown(`# All\n\n${small("A")}\n\n${small("B")}\n\n## C\n\n${sentences(20, "sea")}`),
      { chunkSize: 800, overlap: 0 },
    );
    expect(chunks.map(({ headingPath }) => headingPath)).toEqual([["All"], ["All", "C"]]);
  });

  test("sentences stay whole and the overlap repeats whole sentences", () => {
    const chunks = chunk(plain(sentences(60, "rivers")), { chunkSize: 300, overlap: 80 });
    for (const { text } of chunks) expect(text).toMatch(/^Sentence \d+ .*\.$/s);
    for (const [index, { start }] of chunks.entries()) {
      const before = chunks[index - 1];
      if (before) expect(before.end).toBeGreaterThan(start);
    }
  });

  test("a wrapped line, an abbreviation and a number do not end a sentence", () => {
    const sentence = "Dr. Amal of room\n1. says that refunds are paid within fourteen days after delivery.";
    const chunks = chunk(plain(Array(12).fill(sentence).join(" ")), { chunkSize: 200, overlap: 0 });
    for (const { text } of chunks) expect(text.startsWith("Dr. Amal")).toBe(true);
  });

  test("tables, records and code stay whole up to twice the size; larger tables are cut between rows", () => {
    const rows = (count: number) =>
      Array.from({ length: count }, (_, index) => `| row ${index} | value ${index} |`).join("\n");
    const table = (count: number) => `| a | b |\n| --- | --- |\n${rows(count)}`;
    const whole = table(20);
    expect(whole.length).toBeGreaterThan(400);
    expect(
      chunk(markdown(`Intro.\n\n${whole}`), { chunkSize: 300, overlap: 0 }).map(({ text }) => text),
    ).toContain(whole);
    for (const { text } of chunk(markdown(table(200)), { chunkSize: 300, overlap: 50 })) {
      expect(text).toMatch(/^\|.*\|$/s);
    }
    const code = `\`\`\`\n${"a. b. c. \n".repeat(50)}\`\`\``;
    expect(chunk(markdown(code), { chunkSize: 300, overlap: 0 }).map(({ text }) => text)).toEqual([code]);
  });

  test("records of a table are never cut", async () => {
    const source = `id,question\n${Array.from({ length: 100 }, (_, index) => `${index},"What. Is. This? ${"word ".repeat(index % 30)}"`).join("\n")}`;
    const extraction = await extractDocument({ bytes: bytesOf(source), fileName: "faq.csv" });
    const chunks = chunk(extraction, { chunkSize: 400, overlap: 100 });
    assertPromises(extraction, chunks, 400, 100);
    for (const { text } of chunks) expect(text).toMatch(/^id: \d+\n/);
    expect(chunks.reduce((sum, { text }) => sum + (text.match(/^id: /gm)?.length ?? 0), 0)).toBe(100);
  });

  test("the page is the one on which the chunk starts", () => {
    const extraction: Extraction = {
      ...plain(`${sentences(10, "one")}\n\n${sentences(10, "two")}`),
      pages: [
        { number: 1, start: 0 },
        { number: 2, start: sentences(10, "one").length + 2 },
      ],
    };
    const chunks = chunk(extraction, { chunkSize: 200, overlap: 0 });
    for (const { text, page } of chunks) expect(page).toBe(text.includes("one") ? 1 : 2);
    expect(chunk(plain("Hello."), { chunkSize: 200, overlap: 0 })[0]?.page).toBeNull();
  });
});

test.each([
  [{ chunkSize: 199, overlap: 0 }, /chunkSize/],
  [{ chunkSize: 4001, overlap: 0 }, /chunkSize/],
  [{ chunkSize: Number.NaN, overlap: 0 }, /chunkSize/],
  [{ chunkSize: 1000, overlap: 501 }, /overlap/],
  [{ chunkSize: 1000, overlap: -1 }, /overlap/],
])("refuses %o", (options, message) => {
  expect(() => chunk(plain("Hello."), options)).toThrow(message);
});
