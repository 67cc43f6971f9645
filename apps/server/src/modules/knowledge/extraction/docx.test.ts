import { strToU8, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { parseDocx } from "./docx.ts";
import { extractDocument } from "./extract.ts";
import { docxParagraph, makeDocx, withDeclaredSizesForged } from "./testing/make-files.ts";

const row = (...cells: string[]) =>
  `<w:tr>${cells.map((cell) => `<w:tc>${docxParagraph(cell)}</w:tc>`).join("")}</w:tr>`;

test("paragraphs and tables become Markdown; the title comes from the properties", async () => {
  const core = `<cp:coreProperties xmlns:cp="x" xmlns:dc="y"><dc:title>Terms &amp; prices</dc:title></cp:coreProperties>`;
  const body = `${docxParagraph("شروط الاسترجاع")}<w:tbl>${row("Plan", "Price")}${row("Pro", "49 €")}</w:tbl>`;
  const { title, text } = await parseDocx(makeDocx(body, { "docProps/core.xml": strToU8(core) }));
  expect(title).toBe("Terms & prices");
  expect(text).toMatch(/^شروط الاسترجاع\n\n\| Plan +\| Price +\|\n\| -+ \| -+ \|\n\| Pro +\| 49 € +\|$/);
});

describe("bombs are refused before they are unpacked into memory", () => {
  const zeros = { "word/media/image1.png": new Uint8Array(100_000_000) };
  const bomb = makeDocx(docxParagraph("hello"), zeros);
  test("that declare their size", async () => {
    await expect(parseDocx(bomb)).rejects.toMatchObject({ code: "TOO_LARGE" });
  });
  test("that lie about their size", async () => {
    await expect(parseDocx(withDeclaredSizesForged(bomb))).rejects.toMatchObject({ code: "TOO_LARGE" });
  });
  test("with too many entries", async () => {
    const entries = Object.fromEntries(
      Array.from({ length: 10_001 }, (_, index) => [`${index}`, new Uint8Array(0)]),
    );
    await expect(parseDocx(makeDocx("", entries))).rejects.toMatchObject({ code: "TOO_COMPLEX" });
  });
  test("with deep XML", async () => {
    const deep = makeDocx(`${"<w:smartTag>".repeat(5000)}${"</w:smartTag>".repeat(5000)}`);
    await expect(parseDocx(deep)).rejects.toMatchObject({ code: "TOO_COMPLEX" });
  });
});

describe("what only looks like a DOCX", () => {
  const good = makeDocx(docxParagraph("hello"));
  test.each([
    ["cut in half", good.subarray(0, good.length / 2), "CORRUPT"],
    ["a directory that points nowhere", good.slice().fill(0, 0, 300), "TYPE_MISMATCH"],
    [
      "an Excel workbook",
      zipSync({ "[Content_Types].xml": strToU8("<x/>"), "xl/workbook.xml": strToU8("<x/>") }),
      "TYPE_MISMATCH",
    ],
    ["another archive", zipSync({ "notes.txt": strToU8("hi") }), "TYPE_MISMATCH"],
    [
      "an old .doc",
      Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1, ...new Array(600).fill(0)]),
      "TYPE_MISMATCH",
    ],
    ["plain text", strToU8("hello"), "TYPE_MISMATCH"],
    ["a document without text", makeDocx(""), "EMPTY_FILE"],
  ])("%s", async (_name, bytes, code) => {
    await expect(extractDocument({ bytes, fileName: "a.docx" })).rejects.toMatchObject({ code });
  });
  test("a DOCX that Word encrypted", async () => {
    const bytes = Buffer.concat([
      Buffer.from("d0cf11e0a1b11ae1", "hex"),
      Buffer.from("EncryptedPackage", "utf16le"),
    ]);
    await expect(extractDocument({ bytes, fileName: "a.docx" })).rejects.toMatchObject({ code: "ENCRYPTED" });
  });
});
