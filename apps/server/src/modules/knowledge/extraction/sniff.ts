import { fileTypeFromBuffer } from "file-type";
import { formatOf, SUPPORTED_FORMATS, SUPPORTED_LABELS } from "./formats.ts";
import type { DocumentFormat, ExtractionInput } from "./types.ts";
import { ExtractionError } from "./types.ts";

/** PDF readers accept the header anywhere in the first kilobyte. */
const PDF_HEADER_WITHIN = 1024;
const START_BYTES = 4096;
const HTML_START =
  /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)[\s>]/i;

/**
 * The format that a file has, after comparing what its name claims with what its bytes are.
 *
 * @throws {ExtractionError} EMPTY_FILE, UNSUPPORTED_TYPE, TYPE_MISMATCH, ENCRYPTED or CORRUPT
 */
export async function sniffFormat(input: ExtractionInput): Promise<DocumentFormat> {
  const { bytes, fileName } = input;
  const claimed = formatOf(fileName, input.mediaType);
  if (!claimed) {
    throw new ExtractionError(
      "UNSUPPORTED_TYPE",
      `“${fileName}” is not of a supported type. Supported are: ${SUPPORTED_LABELS}.`,
    );
  }
  if (bytes.length === 0)
    throw new ExtractionError("EMPTY_FILE", "This file is empty (0 bytes). Choose another file.");
  if (claimed === "pdf") await assertPdf(bytes);
  else if (claimed === "docx") await assertDocx(bytes);
  else assertNoKnownBinary(bytes, claimed);
  return claimed;
}

/** What a file that could not be decoded as text really is, when its first bytes tell; null otherwise. */
export async function describeBinary(bytes: Uint8Array): Promise<string | null> {
  if (hasPdfHeader(bytes)) return "a PDF";
  const type = await fileTypeFromBuffer(bytes).catch(() => undefined);
  if (!type) return null;
  if (type.ext === "docx") return "a Word document";
  if (type.ext === "zip") return "a zip archive";
  return `${type.ext.toUpperCase()} (${type.mime})`;
}

/** @throws {ExtractionError} TYPE_MISMATCH */
export function mismatch(claimed: DocumentFormat, actual: string): ExtractionError {
  const { label } = SUPPORTED_FORMATS[claimed];
  return new ExtractionError(
    "TYPE_MISMATCH",
    `This file is named as ${label}, but its content looks like ${actual}. Give it the right extension or upload the original.`,
  );
}

/** Whether a text begins as a web page does. */
export function looksLikeHtml(text: string): boolean {
  return HTML_START.test(text.slice(0, START_BYTES));
}

async function assertPdf(bytes: Uint8Array): Promise<void> {
  if (hasPdfHeader(bytes)) return;
  throw mismatch("pdf", (await describeBinary(bytes)) ?? describeText(bytes));
}

async function assertDocx(bytes: Uint8Array): Promise<void> {
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return; // A zip; whether a DOCX is inside, docx.ts sees.
  // Microsoft's older container: an old .doc, or a DOCX that Word encrypted.
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) {
    if (Buffer.from(bytes).includes(Buffer.from("EncryptedPackage", "utf16le"))) {
      throw new ExtractionError(
        "ENCRYPTED",
        "This Word document is protected by a password. Remove the password and upload it again.",
      );
    }
    throw mismatch("docx", "an old Word document (.doc); save it as .docx first");
  }
  throw mismatch("docx", (await describeBinary(bytes)) ?? describeText(bytes));
}

/** Binary files whose first bytes cannot begin a text; every other binary fails in decoding. */
function assertNoKnownBinary(bytes: Uint8Array, claimed: DocumentFormat): void {
  if (startsWith(bytes, [0x25, 0x50, 0x44, 0x46, 0x2d])) throw mismatch(claimed, "a PDF");
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]))
    throw mismatch(claimed, "a zip archive or an office document");
  if (startsWith(bytes, [0x7b, 0x5c, 0x72, 0x74, 0x66])) throw mismatch(claimed, "rich text (RTF)");
}

function describeText(bytes: Uint8Array): string {
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, START_BYTES));
  if (looksLikeHtml(start)) return "a web page (HTML)";
  if (start.startsWith("{\\rtf")) return "rich text (RTF)";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a file with none of these is text
  return /[\u0000-\u0008\u000e-\u001a]/.test(start) ? "an unknown kind of binary data" : "plain text";
}

function hasPdfHeader(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, PDF_HEADER_WITHIN)).includes(
    "%PDF-",
  );
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}
