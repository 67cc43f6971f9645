/** The kinds of file that can become knowledge. */
export type DocumentFormat = "pdf" | "docx" | "txt" | "md" | "html" | "csv" | "json";

/** One piece of the text that means something by itself; offsets are UTF-16 positions in `Extraction.text`. */
export interface Block {
  kind: "heading" | "paragraph" | "list" | "table" | "code" | "record";
  /** Depth of a heading, 1 is the highest; absent on every other kind. */
  level?: number;
  start: number;
  /** One past the last character. */
  end: number;
}

/** Where a page of a paged document begins in `Extraction.text`; `number` counts from 1. */
export interface PageStart {
  number: number;
  start: number;
}

/**
 * What a file says, in one canonical form.
 *
 * Guaranteed: `text` is well-formed Unicode without control characters except tab and line feed, has at
 * least one visible character, and `blocks` are in order, do not overlap and lie inside it.
 */
export interface Extraction {
  format: DocumentFormat;
  mediaType: string;
  /** The title that the document gives itself, or null. */
  title: string | null;
  /** Plain text for PDF and TXT, Markdown for MD, DOCX and HTML, `name: value` lines for CSV and JSON. */
  text: string;
  /** Empty when the format has no pages. */
  pages: PageStart[];
  blocks: Block[];
}

/** A file as it was uploaded. */
export interface ExtractionInput {
  bytes: Uint8Array;
  fileName: string;
  mediaType?: string;
}

export type ExtractionErrorCode =
  | "EMPTY_FILE"
  | "UNSUPPORTED_TYPE"
  | "TYPE_MISMATCH"
  | "ENCRYPTED"
  | "NO_TEXT_LAYER"
  | "CORRUPT"
  | "TOO_LARGE"
  | "TOO_COMPLEX"
  | "BAD_ENCODING"
  | "MALFORMED"
  | "TIMEOUT"
  | "OUT_OF_MEMORY";

/** Why a file could not be read. The message says what was wrong and what the person can do about it. */
export class ExtractionError extends Error {
  readonly code: ExtractionErrorCode;
  /** Where the mistake is in a text that was written by hand; both count from 1. */
  readonly place: { line: number; column: number } | undefined;

  constructor(
    code: ExtractionErrorCode,
    message: string,
    options?: ErrorOptions & { place?: { line: number; column: number } },
  ) {
    super(message, options);
    this.name = "ExtractionError";
    this.code = code;
    this.place = options?.place;
  }
}
