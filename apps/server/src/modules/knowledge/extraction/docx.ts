import { parseHTML } from "linkedom";
import mammoth from "mammoth";
import { cleanText } from "./clean.ts";
import { MarkupGuard } from "./guards.ts";
import { htmlToMarkdown } from "./html-to-markdown.ts";
import { markdownBlocks, markdownTitle } from "./markdown-blocks.ts";
import type { ParsedText } from "./parsed-text.ts";
import { mismatch } from "./sniff.ts";
import { ExtractionError } from "./types.ts";
import type { ZipEntry } from "./zip.ts";
import { measureZip, readZipDirectory, readZipEntry } from "./zip.ts";

/**
 * The body of a Word document as Markdown: headings, lists, tables and notes; no images, headers or comments.
 *
 * @throws {ExtractionError} TYPE_MISMATCH for another kind of zip, TOO_LARGE for a bomb, TOO_COMPLEX, CORRUPT
 */
export async function parseDocx(bytes: Uint8Array): Promise<ParsedText> {
  const entries = readZipDirectory(bytes);
  assertWordDocument(entries);
  assertHarmless(bytes, entries);
  const html = await toHtml(bytes);
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`);
  const text = cleanText(htmlToMarkdown(document.body)).trim();
  const blocks = markdownBlocks(text);
  return { title: coreTitle(bytes, entries) ?? markdownTitle(text, blocks), text, pages: [], blocks };
}

function assertWordDocument(entries: readonly ZipEntry[]): void {
  const names = new Set(entries.map((entry) => entry.name.toLowerCase()));
  // The main part is found through the relationships, so `word/document.xml` is the usual name, not the only one.
  if (names.has("word/document.xml") || (names.has("[content_types].xml") && hasFolder(names, "word/")))
    return;
  if (hasFolder(names, "xl/")) throw mismatch("docx", "an Excel workbook (.xlsx)");
  if (hasFolder(names, "ppt/")) throw mismatch("docx", "a PowerPoint presentation (.pptx)");
  if (names.has("content.xml")) throw mismatch("docx", "an OpenDocument file; save it as .docx first");
  throw mismatch("docx", "a zip archive");
}

function hasFolder(names: ReadonlySet<string>, folder: string): boolean {
  return [...names].some((name) => name.startsWith(folder));
}

/** What really unpacks is within the limits, and the XML is not nested deeper than a parser's stack. */
function assertHarmless(bytes: Uint8Array, entries: readonly ZipEntry[]): void {
  let current: ZipEntry | null = null;
  let guard: MarkupGuard | null = null;
  measureZip(bytes, entries, (entry, piece) => {
    if (entry !== current) {
      current = entry;
      const isXml = entry.name.startsWith("word/") && entry.name.endsWith(".xml");
      guard = isXml ? new MarkupGuard({ xml: true, maxElements: Number.POSITIVE_INFINITY }) : null;
    }
    // Tags are ASCII, so one byte for one character is enough to count them.
    guard?.write(Buffer.from(piece.buffer, piece.byteOffset, piece.length).toString("latin1"));
  });
}

async function toHtml(bytes: Uint8Array): Promise<string> {
  try {
    const { value } = await mammoth.convertToHtml(
      { buffer: Buffer.from(bytes) },
      { externalFileAccess: false, convertImage: mammoth.images.imgElement(async () => ({ src: "" })) },
    );
    return value;
  } catch (error) {
    if (error instanceof RangeError) throw error; // the stack: told apart by the caller
    throw new ExtractionError(
      "CORRUPT",
      "This Word document is damaged. Open it in Word, save it again and upload the new file.",
      { cause: error },
    );
  }
}

/** The title in the document's properties. */
function coreTitle(bytes: Uint8Array, entries: readonly ZipEntry[]): string | null {
  const entry = entries.find(({ name }) => name === "docProps/core.xml");
  if (!entry) return null;
  const xml = new TextDecoder().decode(readZipEntry(bytes, entry)).slice(0, 64 * 1024);
  const raw = /<dc:title>([^<]*)<\/dc:title>/.exec(xml)?.[1];
  if (!raw) return null;
  const title = parseHTML(`<!doctype html><html><body>${raw}</body></html>`).document.body.textContent;
  return cleanText(title ?? "").trim() || null;
}
