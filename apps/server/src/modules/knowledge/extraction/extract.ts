import { declaredCharset, decodeText } from "./decode.ts";
import { mediaTypeOf } from "./formats.ts";
import type { ParsedText } from "./parsed-text.ts";
import { describeBinary, looksLikeHtml, mismatch, sniffFormat } from "./sniff.ts";
import type { DocumentFormat, Extraction, ExtractionInput } from "./types.ts";
import { ExtractionError } from "./types.ts";

/** Each parser is loaded when its first file comes, so that a fresh child process starts fast and stays small. */
const PARSERS: Readonly<Record<DocumentFormat, (input: ExtractionInput) => Promise<ParsedText>>> = {
  pdf: async ({ bytes }) => (await import("./pdf.ts")).parsePdf(bytes),
  docx: async ({ bytes }) => (await import("./docx.ts")).parseDocx(bytes),
  txt: async (input) => (await import("./text.ts")).parsePlainText(await decode(input, "txt")),
  md: async (input) => (await import("./markdown.ts")).parseMarkdown(await decode(input, "md")),
  csv: async (input) => (await import("./csv.ts")).parseCsv(await decodeData(input, "csv")),
  json: async (input) => (await import("./json.ts")).parseJson(await decodeData(input, "json")),
  html: async (input) => {
    const { parseHtml } = await import("./html.ts");
    return parseHtml(await decode(input, "html", declaredCharset(input.bytes)));
  },
};

/**
 * Reads one file in this process. Hostile files can hang it or use up its memory: outside of tests it runs in the
 * child process of an extraction pool.
 *
 * @throws {ExtractionError} always this class, whatever the parsers throw
 */
export async function extractDocument(input: ExtractionInput): Promise<Extraction> {
  try {
    const format = await sniffFormat(input);
    const parsed = await PARSERS[format](input);
    if (!/[^\s\p{Cc}\p{Cf}]/u.test(parsed.text)) {
      throw new ExtractionError("EMPTY_FILE", "This file contains no text. Choose another file.");
    }
    return { format, mediaType: mediaTypeOf(format), ...parsed };
  } catch (error) {
    throw asExtractionError(error);
  }
}

/** The text of a file; when it is no text, the error says what it is if that can be seen. */
async function decode(input: ExtractionInput, format: DocumentFormat, charset?: string): Promise<string> {
  const declared = /charset=["']?([\w-]+)/i.exec(input.mediaType ?? "")?.[1] ?? charset;
  try {
    return decodeText(input.bytes, declared);
  } catch (error) {
    const actual = await describeBinary(input.bytes);
    throw actual ? mismatch(format, actual) : error;
  }
}

/** As `decode`, for formats that a web page is sometimes saved as: the error page of an export. */
async function decodeData(input: ExtractionInput, format: "csv" | "json"): Promise<string> {
  const text = await decode(input, format);
  if (looksLikeHtml(text)) throw mismatch(format, "a web page (HTML)");
  return text;
}

function asExtractionError(error: unknown): ExtractionError {
  if (error instanceof ExtractionError) return error;
  if (error instanceof RangeError) {
    return new ExtractionError(
      "TOO_COMPLEX",
      "This file is too deeply structured to be read. Simplify or split it.",
      {
        cause: error,
      },
    );
  }
  return new ExtractionError(
    "CORRUPT",
    "This file is damaged and cannot be read. Create it again and upload the new file.",
    {
      cause: error,
    },
  );
}
