import { afterAll, describe, expect, test } from "vitest";
import { chunk, DEFAULT_CHUNK_OPTIONS } from "./chunk.ts";
import { extractDocument } from "./extract.ts";
import { createExtractionPool } from "./pool.ts";
import {
  hasSharedDocuments,
  referenceTexts,
  sharedFile,
  sharedFiles,
  wordRecall,
} from "./testing/shared-files.ts";
import { parsePlainText } from "./text.ts";
import type { Extraction, ExtractionInput } from "./types.ts";
import { ExtractionError } from "./types.ts";

/** Either an extraction that keeps its promises, or an `ExtractionError` in plain words; anything else fails. */
async function read(extract: (input: ExtractionInput) => Promise<Extraction>, name: string) {
  try {
    const extraction = await extract(sharedFile(name));
    assertPromises(extraction);
    return extraction;
  } catch (error) {
    if (!(error instanceof ExtractionError)) throw error;
    expect(error.message).toMatch(/^\p{Lu}.{20,}\.$/su);
    return error.code;
  }
}

function assertPromises({ text, blocks, pages }: Extraction): void {
  expect(text.isWellFormed()).toBe(true);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is the promise
  expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
  let end = 0;
  for (const block of blocks) {
    expect(block.start).toBeGreaterThanOrEqual(end);
    expect(block.end).toBeGreaterThan(block.start);
    end = block.end;
  }
  expect(end).toBeLessThanOrEqual(text.length);
  expect(pages.map(({ number }) => number)).toEqual(pages.map((_, index) => index + 1));
  for (const [index, { start }] of pages.entries()) {
    expect(start).toBeGreaterThanOrEqual(pages[index - 1]?.start ?? 0);
    expect(start).toBeLessThanOrEqual(text.length);
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Prints what a run measured, for the record. */
function report(line: string): void {
  process.stderr.write(`${line}\n`);
}

describe.skipIf(!hasSharedDocuments())("the shared documents", () => {
  const pool = createExtractionPool();
  const inPool = (input: ExtractionInput) => pool.extract(input);
  afterAll(() => pool.close());

  /** Reads every file with a reference and returns the recall of each. */
  async function recalls(names: readonly string[], minReferenceLength: number): Promise<Map<string, number>> {
    const references = referenceTexts();
    const found = new Map<string, number>();
    let slowest = { name: "", milliseconds: 0 };
    for (const name of names) {
      const began = performance.now();
      const result = await read(inPool, name);
      const milliseconds = performance.now() - began;
      if (milliseconds > slowest.milliseconds) slowest = { name, milliseconds };
      const reference = references.get(name)?.trim() ?? "";
      if (reference.length <= minReferenceLength || result === "ENCRYPTED") continue;
      found.set(name, typeof result === "string" ? 0 : wordRecall(reference, result.text));
    }
    const worst = [...found].sort(([, a], [, b]) => a - b).slice(0, 4);
    report(
      `word recall ${mean([...found.values()]).toFixed(4)} over ${found.size} of ${names.length} files; ` +
        `worst ${worst.map(([name, recall]) => `${name} ${recall.toFixed(2)}`).join(", ")}; ` +
        `slowest ${slowest.name} ${slowest.milliseconds.toFixed(0)} ms`,
    );
    return found;
  }

  test("PDF: the words of the text layer", async () => {
    const found = await recalls(sharedFiles("pdf/ok", ".pdf"), 20);
    expect(found.size).toBeGreaterThan(30);
    expect(mean([...found.values()])).toBeGreaterThan(0.95);
  });

  test("PDF, broken: read or refused", async () => {
    for (const name of sharedFiles("pdf/broken", ".pdf")) await read(inPool, name);
    expect(await read(inPool, "pdf/broken/Test-PDF-Files__encrypted.pdf")).toBe("ENCRYPTED");
    expect(await read(inPool, "pdf/broken/Test-PDF-Files__corrupted.pdf")).toBe("CORRUPT");
    expect(await read(inPool, "pdf/ok/sample-files__libreoffice-writer-password.pdf")).toBe("ENCRYPTED");
    expect(await read(inPool, "pdf/ok/sample-files__grayscale-image.pdf")).toBe("NO_TEXT_LAYER");
  });

  test("PDF: filled form fields, notes and the title belong to the document", async () => {
    expect(await read(inPool, "pdf/ok/pdf.js__freetexts.pdf")).toMatchObject({
      text: expect.stringContaining("Hello World from Acrobat"),
    });
    expect(await read(inPool, "pdf/ok/sample-files__GeoTopo-komprimiert.pdf")).toMatchObject({
      title: "Geometrie und Topologie",
    });
  });

  test("PDF: headings are found by their size and lead the chunks", async () => {
    const paper = await read(inPool, "pdf/ok/pdf.js__tracemonkey.pdf");
    if (typeof paper === "string") throw new Error(paper);
    expect(paper.title).toMatch(/^Trace-based Just-in-Time Type Specialization for Dynamic Languages/);
    const chunks = chunk(paper, DEFAULT_CHUNK_OPTIONS);
    const paths = chunks.map(({ headingPath }) => headingPath.at(-1));
    for (const heading of ["1. Introduction", "3. Trace Trees", "9. Conclusions"])
      expect(paths).toContain(heading);
    expect(chunks.at(-1)?.page).toBe(14);
  });

  test("DOCX: the words of the body", async () => {
    const found = await recalls(sharedFiles("docx", ".docx"), 0);
    expect(found.size).toBeGreaterThan(40);
    expect(mean([...found.values()])).toBeGreaterThan(0.95);
  });

  test("HTML: the words of the main content, and little more", async () => {
    const recall: number[] = [];
    const precision: number[] = [];
    for (const name of sharedFiles("html_pages", "source.html")) {
      const page = await read(inPool, name);
      const expected = await read(extractDocument, name.replace("source", "expected"));
      if (typeof page === "string" || typeof expected === "string")
        throw new Error(`${name}: ${page}, ${expected}`);
      const words = (text: string) => text.replace(/\]\([^()]*\)/g, "]"); // addresses are not words
      recall.push(wordRecall(words(expected.text), words(page.text)));
      precision.push(wordRecall(words(page.text), words(expected.text)));
      expect(page.title).not.toBeNull();
    }
    report(
      `HTML word recall ${mean(recall).toFixed(4)}, least ${Math.min(...recall).toFixed(2)}; precision ${mean(precision).toFixed(4)}`,
    );
    expect(mean(recall)).toBeGreaterThan(0.95);
    expect(mean(precision)).toBeGreaterThan(0.85);
  });

  test("CSV: every value of the expected rows", async () => {
    for (const name of sharedFiles("csv/csvs", ".csv")) {
      if (name.includes("location_coordinates")) continue; // its JSON tells of another telephone number
      const table = await read(extractDocument, name);
      if (typeof table === "string") throw new Error(`${name}: ${table}`);
      const expected: Record<string, string> | Record<string, string>[] = JSON.parse(
        Buffer.from(sharedFile(name.replace("/csvs/", "/json/").replace(".csv", ".json")).bytes).toString(),
      );
      const rows = Array.isArray(expected) ? expected : [expected];
      expect(table.blocks).toHaveLength(rows.length);
      for (const value of rows.flatMap(Object.values)) {
        expect(table.text.replace(/\s+/g, " ")).toContain(String(value).replace(/\s+/g, " ").trim());
      }
    }
  });

  test("JSON: what must parse parses, what must not is refused", async () => {
    for (const name of sharedFiles("json", ".json")) {
      const result = await read(extractDocument, name);
      const rule = /__([yni])_/.exec(name)?.[1];
      if (rule === "y") expect([name, typeof result]).toEqual([name, "object"]);
      if (rule === "n") {
        expect([name, result]).toEqual([
          name,
          expect.stringMatching(/^(MALFORMED|BAD_ENCODING|TOO_COMPLEX|EMPTY_FILE)$/),
        ]);
      }
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test("Markdown: kept as it is, with a title, in chunks that lose nothing", async () => {
    const pages = [...sharedFiles("kb", ".md"), ...sharedFiles("kb", ".mdx")];
    expect(pages.length).toBeGreaterThan(100);
    for (const name of pages) {
      const page = await read(extractDocument, name);
      if (typeof page === "string") throw new Error(`${name}: ${page}`);
      expect(page.text).toBe(parsePlainText(new TextDecoder().decode(sharedFile(name).bytes)).text);
      expect(page.title).toBeTruthy();
      const chunks = chunk(page, DEFAULT_CHUNK_OPTIONS);
      const letters = (text: string) => text.replace(/\s+/g, "");
      let rest = "";
      let end = 0;
      for (const draft of chunks) {
        rest += page.text.slice(Math.max(end, draft.start), draft.end);
        end = draft.end;
      }
      expect(letters(rest)).toBe(letters(page.text));
    }
  });

  test("naughty strings are text like any other", async () => {
    for (const name of sharedFiles("text", ".txt")) {
      const result = await read(extractDocument, name);
      if (typeof result === "string") throw new Error(`${name}: ${result}`);
      expect(chunk(result, DEFAULT_CHUNK_OPTIONS).length).toBeGreaterThan(0);
    }
  });
});
