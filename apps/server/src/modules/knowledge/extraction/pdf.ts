import { cleanText } from "./clean.ts";
import { LIMITS } from "./limits.ts";
import type { ParsedText } from "./parsed-text.ts";
import { headingLevels } from "./pdf-headings.ts";
import { blocksOfPage, cleanLines, withoutRunningLines } from "./pdf-lines.ts";
import type { PdfLine } from "./pdfium.ts";
import { PdfDocument, PdfOpenError } from "./pdfium.ts";
import { TextBuilder } from "./text-builder.ts";
import type { Block, PageStart } from "./types.ts";
import { ExtractionError } from "./types.ts";

/**
 * The text layer of a PDF, page by page.
 *
 * @throws {ExtractionError} ENCRYPTED, CORRUPT, NO_TEXT_LAYER or TOO_COMPLEX
 */
export async function parsePdf(bytes: Uint8Array): Promise<ParsedText> {
  const document = await open(bytes);
  try {
    const pageLines = withoutRunningLines(readPages(document));
    if (!pageLines.flat().some(({ text }) => /[\p{L}\p{N}]/u.test(text))) throw noTextLayer();
    const headingLevel = headingLevels(pageLines);
    const builder = new TextBuilder();
    const pages: PageStart[] = [];
    for (const [index, lines] of pageLines.entries()) {
      pages.push({ number: index + 1, start: builder.nextStart });
      for (const { kind, text, level } of blocksOfPage(lines, headingLevel)) builder.add(kind, text, level);
    }
    const text = builder.toString();
    // Empty pages at the end would start behind the text.
    const within = pages.map(({ number, start }) => ({ number, start: Math.min(start, text.length) }));
    return {
      title: propertyTitle(document) ?? firstPageTitle(text, builder.blocks, within),
      text,
      pages: within,
      blocks: builder.blocks,
    };
  } finally {
    document.close();
  }
}

async function open(bytes: Uint8Array): Promise<PdfDocument> {
  try {
    return await PdfDocument.open(bytes);
  } catch (error) {
    if (!(error instanceof PdfOpenError)) throw error;
    if (!error.needsPassword) throw corrupt(error);
    throw new ExtractionError(
      "ENCRYPTED",
      "This PDF is protected by a password. Remove the password and upload it again.",
      { cause: error },
    );
  }
}

/** A page that cannot be read is left empty, so that one bad page does not cost the others. */
function readPages(document: PdfDocument): PdfLine[][] {
  const count = document.pageCount;
  if (count > LIMITS.pdfPages) {
    throw new ExtractionError(
      "TOO_COMPLEX",
      `This PDF has ${count} pages; at most ${LIMITS.pdfPages} can be read. Split it into several files.`,
    );
  }
  const pages = Array.from({ length: count }, (_, index) => document.pageLines(index));
  if (pages.every((lines) => lines === null)) throw corrupt();
  return pages.map((lines) => cleanLines(lines ?? []));
}

/** Programs write a placeholder or a file name where the author gave no title. */
const NO_TITLE = /^$|^untitled$|^\(anonymous\)$|\.(?:html?|docx?|odt|rtf|txt|tex|dvi|pdf|indd)$/i;

function propertyTitle(document: PdfDocument): string | null {
  const title = cleanText(document.title).replace(/\s+/g, " ").trim();
  return NO_TITLE.test(title) ? null : title;
}

/** The first of the largest headings, if it is on the first page. */
function firstPageTitle(text: string, blocks: readonly Block[], pages: readonly PageStart[]): string | null {
  const heading = blocks.find(({ level }) => level === 1);
  if (!heading || heading.start >= (pages[1]?.start ?? Number.POSITIVE_INFINITY)) return null;
  return text.slice(heading.start, heading.end);
}

function noTextLayer(): ExtractionError {
  return new ExtractionError(
    "NO_TEXT_LAYER",
    "This PDF has no text layer: it looks like a scan. Run OCR on it and upload again.",
  );
}

function corrupt(cause?: unknown): ExtractionError {
  return new ExtractionError(
    "CORRUPT",
    "This PDF is damaged or incomplete and cannot be opened. Create it again and upload the new file.",
    { cause },
  );
}
