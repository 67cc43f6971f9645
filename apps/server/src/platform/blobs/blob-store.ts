import { AppError } from "../errors/index.ts";

/** What an upload link permits: exactly this key, type and length, until it expires. */
export type UploadRequest = { key: string; contentType: string; size: number; expiresInSeconds: number };

export type DownloadRequest = {
  key: string;
  /** The name under which a browser saves the file. Default: the last part of the key. */
  fileName?: string;
  /** `inline` shows PDF and plain text in the browser; every other type is saved all the same. */
  disposition?: Disposition;
  expiresInSeconds: number;
};

export type Disposition = "attachment" | "inline";

/** How to upload: `method` to `url` with these headers, and a body of exactly the agreed length. */
export type UploadLink = { url: string; method: "PUT"; headers: Record<string, string>; expiresAt: Date };
export type DownloadLink = { url: string; expiresAt: Date };

/**
 * Files by key. Keys are segments of letters, digits, ".", "_" and "-", joined by "/". A `put` is whole or absent,
 * never half. Every verb rejects with AppError `VALIDATION_ERROR` for an unsafe key.
 */
export type BlobStore = {
  /** Writes or replaces a blob; when it resolves the bytes are durable. */
  put(key: string, bytes: Uint8Array, options: { contentType: string }): Promise<void>;
  /** The same for what is too large to hold: written as it comes. When the source fails, nothing is written. */
  putStream(key: string, source: AsyncIterable<Uint8Array>, options: { contentType: string }): Promise<void>;
  /** The keys below a folder, given without a slash at its end; in no order, one that is added meanwhile or not. */
  list(folder: string): AsyncIterable<string>;
  /** @throws AppError `NOT_FOUND` */
  get(key: string): Promise<Uint8Array>;
  /** Removes the blob. One that is absent is no error. */
  delete(key: string): Promise<void>;
  head(key: string): Promise<{ size: number; contentType: string | null } | null>;
  /** A link with which a browser uploads by itself. */
  presignUpload(request: UploadRequest): Promise<UploadLink>;
  /** A link with which a browser downloads by itself. It is made whether or not the blob exists. */
  presignDownload(request: DownloadRequest): Promise<DownloadLink>;
  /** Resolves if the store can be reached and written (for the readiness probe). */
  check(): Promise<void>;
};

const SEGMENT = /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/;
const LONGEST_KEY = 200; // a key becomes one file name, and file systems end at 255 bytes

/**
 * Lets a key pass that is safe as a file name and in a URL. No segment starts with a dot, so "." and ".." are out.
 * @throws AppError `VALIDATION_ERROR`
 */
export function assertSafeKey(key: string): void {
  if (key.length <= LONGEST_KEY && key.split("/").every((segment) => SEGMENT.test(segment))) return;
  throw new AppError(
    "VALIDATION_ERROR",
    `A blob key has at most ${LONGEST_KEY} characters, in segments of letters, digits, ".", "_" and "-" joined by "/".`,
  );
}

/** @throws AppError `VALIDATION_ERROR` unless the type is `type/subtype` with optional parameters, on one line. */
export function assertContentType(contentType: string): void {
  if (contentType.length <= 200 && /^[\w.+-]+\/[\w.+-]+(?:; ?[\w.+-]+="?[\w.+ -]+"?)*$/.test(contentType))
    return;
  throw new AppError(
    "VALIDATION_ERROR",
    "A content type must look like text/plain or text/html; charset=utf-8.",
  );
}

/** @throws AppError `VALIDATION_ERROR` unless the size is a whole number of bytes. */
export function assertSize(size: number): void {
  if (Number.isSafeInteger(size) && size >= 0) return;
  throw new AppError("VALIDATION_ERROR", "A blob's size must be a whole number of bytes.");
}

const LONGEST_LIFE_SECONDS = 7 * 24 * 3600; // the most that S3 grants

/** When a link made now expires. @throws AppError `VALIDATION_ERROR` for less than a second or more than 7 days. */
export function expiryOf(expiresInSeconds: number, now: number): Date {
  if (
    Number.isInteger(expiresInSeconds) &&
    expiresInSeconds > 0 &&
    expiresInSeconds <= LONGEST_LIFE_SECONDS
  ) {
    return new Date((Math.floor(now / 1000) + expiresInSeconds) * 1000);
  }
  throw new AppError("VALIDATION_ERROR", "A link must last a whole number of seconds, from 1 to 604800.");
}
