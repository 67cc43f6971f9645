import { describe, expect, test } from "vitest";
import { chunk } from "./chunk.ts";
import { extractDocument } from "./extract.ts";
import { bytesOf } from "./testing/make-files.ts";
import { hasSharedDocuments, sharedFile, sharedFiles } from "./testing/shared-files.ts";
import { type Extraction, ExtractionError } from "./types.ts";

/** Each chunk lies inside one record, and each record is in some chunk. */
function assertByRecord(extraction: Extraction, chunkSize: number): void {
  const { blocks, text } = extraction;
  const chunks = chunk(extraction, { chunkSize, overlap: chunkSize / 2 });
  const homes = chunks.map(({ start, end }) =>
    blocks.findIndex((block) => block.start <= start && end <= block.end),
  );
  expect(homes).not.toContain(-1);
  expect(new Set(homes).size).toBe(blocks.length);
  for (const { text: piece } of chunks) expect(text).toContain(piece);
}

describe("a record shares its chunk with no other", () => {
  test.each([
    ["short rows", Array.from({ length: 40 }, (_, n) => `${n},open`).join("\n")],
    [
      "rows of many chunks",
      Array.from({ length: 5 }, (_, n) => `${n},"${"A sentence. ".repeat(90)}"`).join("\n"),
    ],
    ["rows of cells with many lines", `1,"${"line\n".repeat(300)}"\n2,"${"line\n".repeat(300)}"`],
  ])("CSV: %s", async (_title, rows) => {
    const bytes = bytesOf(`id,status\n${rows}\n`);
    assertByRecord(await extractDocument({ bytes, fileName: "a.csv" }), 200);
  });

  test("JSON and JSON Lines", async () => {
    const items = Array.from({ length: 30 }, (_, n) => ({ id: n, note: "Words. ".repeat(n * 4) }));
    const lines = items.map((item) => JSON.stringify(item)).join("\n");
    for (const [name, source] of [
      ["a.json", JSON.stringify(items, null, 2)],
      ["a.jsonl", lines],
    ] as const) {
      const extraction = await extractDocument({ bytes: bytesOf(source), fileName: name });
      expect(extraction.blocks).toHaveLength(30);
      assertByRecord(extraction, 300);
    }
  });

  test("each piece of a long row stands under the row's first line", async () => {
    const bytes = bytesOf(`sku,text\nA-1,"${"A sentence. ".repeat(90)}"\nB-2,short\n`);
    const chunks = chunk(await extractDocument({ bytes, fileName: "a.csv" }), { chunkSize: 200, overlap: 0 });
    expect(new Set(chunks.slice(0, -1).map(({ headingPath }) => headingPath.join()))).toEqual(
      new Set(["sku: A-1"]),
    );
    expect(chunks.at(-1)).toMatchObject({ text: "sku: B-2\ntext: short", headingPath: [] });
  });

  test("the front matter of a text is no row", async () => {
    const bytes = bytesOf("---\ntitle: Tea\n---\n\nTea is served at four.");
    const extraction = await extractDocument({ bytes, fileName: "a.md" });
    expect(chunk(extraction, { chunkSize: 200, overlap: 0 })).toHaveLength(1);
  });
});

describe.runIf(hasSharedDocuments())("the shared tables", () => {
  const files = [...sharedFiles("csv", ".csv"), ...sharedFiles("json", ".json")];
  test.each(files)("%s", async (name) => {
    const extraction = await extractDocument(sharedFile(name)).catch((error: unknown) => {
      if (!(error instanceof ExtractionError)) throw error;
      // a refusal says where; y_ files are JSON by the standard's own tests
      if (error.code === "MALFORMED") expect(error.message).toMatch(/line \d/);
      expect(name).not.toMatch(/__y_/);
      return null;
    });
    if (extraction?.blocks.every(({ kind }) => kind === "record")) assertByRecord(extraction, 200);
    if (name.includes("JSONTestSuite__n_")) expect(extraction).toBeNull();
  });
});
