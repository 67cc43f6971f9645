import type { PDFiumDocument } from "@hyzyla/pdfium";
import { PDFiumLibrary } from "@hyzyla/pdfium";
import { LIMITS } from "./limits.ts";
import type { ParsedText } from "./parsed-text.ts";
import { paragraphsOfPage, withoutRunningLines } from "./pdf-lines.ts";
import { TextBuilder } from "./text-builder.ts";
import type { PageStart } from "./types.ts";
import { ExtractionError } from "./types.ts";

let library: Promise<PDFiumLibrary> | undefined;

/**
 * The text layer of a PDF, page by page.
 *
 * @throws {ExtractionError} ENCRYPTED, CORRUPT, NO_TEXT_LAYER or TOO_COMPLEX
 */
export async function parsePdf(bytes: Uint8Array): Promise<ParsedText> {
  library ??= PDFiumLibrary.init();
  const document = await open(await library, bytes);
  try {
    const pageTexts = readPages(document);
    if (!pageTexts.some((text) => /[\p{L}\p{N}]/u.test(text))) throw noTextLayer();
    const builder = new TextBuilder();
    const pages: PageStart[] = [];
    for (const [index, lines] of withoutRunningLines(pageTexts).entries()) {
      pages.push({ number: index + 1, start: builder.nextStart });
      for (const paragraph of paragraphsOfPage(lines)) builder.add("paragraph", paragraph);
    }
    const text = builder.toString();
    // Empty pages at the end would start behind the text.
    const within = pages.map(({ number, start }) => ({ number, start: Math.min(start, text.length) }));
    return { title: null, text, pages: within, blocks: builder.blocks };
  } finally {
    document.destroy();
  }
}

async function open(pdfium: PDFiumLibrary, bytes: Uint8Array): Promise<PDFiumDocument> {
  try {
    return await pdfium.loadDocument(bytes);
  } catch (error) {
    // The library tells its failures apart by their wording only.
    if (error instanceof Error && /password|security/i.test(error.message)) {
      throw new ExtractionError(
        "ENCRYPTED",
        "This PDF is protected by a password. Remove the password and upload it again.",
        { cause: error },
      );
    }
    throw corrupt(error);
  }
}

function readPages(document: PDFiumDocument): string[] {
  const count = document.getPageCount();
  if (count === 0) throw corrupt();
  if (count > LIMITS.pdfPages) {
    throw new ExtractionError(
      "TOO_COMPLEX",
      `This PDF has ${count} pages; at most ${LIMITS.pdfPages} can be read. Split it into several files.`,
    );
  }
  const texts: string[] = [];
  let failed = 0;
  for (let index = 0; index < count; index++) {
    try {
      texts.push(document.getPage(index).getText());
    } catch {
      // A page that cannot be read is left empty, so that one bad page does not cost the others.
      texts.push("");
      failed++;
    }
  }
  if (failed === count) throw corrupt();
  return texts;
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
