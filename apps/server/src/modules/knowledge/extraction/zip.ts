import { Inflate } from "fflate";
import { LIMITS } from "./limits.ts";
import { ExtractionError } from "./types.ts";

/** One file of an archive, as its directory declares it. */
export interface ZipEntry {
  name: string;
  method: number;
  packedBytes: number;
  unpackedBytes: number;
  encrypted: boolean;
  headerOffset: number;
}

const END_SIGNATURE = 0x06054b50;
const DIRECTORY_SIGNATURE = 0x02014b50;
const ENTRY_SIGNATURE = 0x04034b50;
const END_BYTES = 22;
const MAX_COMMENT_BYTES = 0xffff;
/** Written in place of a size that only the 64-bit extension can hold. */
const IN_ZIP64 = 0xffffffff;
const STORED = 0;
const DEFLATED = 8;

/**
 * Reads the directory at the end of a zip archive; nothing is unpacked.
 *
 * @throws {ExtractionError} CORRUPT, TOO_COMPLEX (entries) or TOO_LARGE (declared sizes)
 */
export function readZipDirectory(bytes: Uint8Array): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  if (count > LIMITS.archiveEntries) throw tooManyEntries();
  const entries: ZipEntry[] = [];
  let offset = view.getUint32(end + 16, true);
  for (let index = 0; index < count; index++) {
    if (offset + 46 > bytes.length || view.getUint32(offset, true) !== DIRECTORY_SIGNATURE) throw corrupt();
    const nameLength = view.getUint16(offset + 28, true);
    const entry: ZipEntry = {
      name: new TextDecoder().decode(bytes.subarray(offset + 46, offset + 46 + nameLength)),
      encrypted: (view.getUint16(offset + 8, true) & 1) === 1,
      method: view.getUint16(offset + 10, true),
      packedBytes: view.getUint32(offset + 20, true),
      unpackedBytes: view.getUint32(offset + 24, true),
      headerOffset: view.getUint32(offset + 42, true),
    };
    if (entry.packedBytes === IN_ZIP64 || entry.unpackedBytes === IN_ZIP64) throw tooLarge();
    entries.push(entry);
    offset += 46 + nameLength + view.getUint16(offset + 30, true) + view.getUint16(offset + 32, true);
  }
  assertModest(
    entries.reduce((sum, entry) => sum + entry.unpackedBytes, 0),
    bytes.length,
  );
  return entries;
}

/**
 * Unpacks every entry piece by piece, throws the pieces away, and compares what really came out with the limits:
 * the sizes in the directory of a bomb are lies.
 *
 * @param look called with the pieces of each entry, for checks that need the content
 * @throws {ExtractionError} TOO_LARGE, ENCRYPTED or CORRUPT
 */
export function measureZip(
  bytes: Uint8Array,
  entries: readonly ZipEntry[],
  look?: (entry: ZipEntry, piece: Uint8Array) => void,
): void {
  let total = 0;
  for (const entry of entries) {
    unpack(bytes, entry, (piece) => {
      total += piece.length;
      assertModest(total, bytes.length);
      look?.(entry, piece);
    });
  }
}

/** The content of one entry, at most as long as the limits allow. */
export function readZipEntry(bytes: Uint8Array, entry: ZipEntry): Uint8Array {
  const pieces: Uint8Array[] = [];
  let total = 0;
  unpack(bytes, entry, (piece) => {
    total += piece.length;
    assertModest(total, bytes.length);
    pieces.push(piece);
  });
  return Buffer.concat(pieces);
}

function unpack(bytes: Uint8Array, entry: ZipEntry, onPiece: (piece: Uint8Array) => void): void {
  if (entry.encrypted) {
    throw new ExtractionError(
      "ENCRYPTED",
      "This file is protected by a password. Remove the password and upload it again.",
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = entry.headerOffset;
  if (header + 30 > bytes.length || view.getUint32(header, true) !== ENTRY_SIGNATURE) throw corrupt();
  const start = header + 30 + view.getUint16(header + 26, true) + view.getUint16(header + 28, true);
  const packed = bytes.subarray(start, start + entry.packedBytes);
  if (packed.length < entry.packedBytes) throw corrupt();
  if (entry.method === STORED) {
    onPiece(packed);
    return;
  }
  if (entry.method !== DEFLATED) throw corrupt();
  const inflate = new Inflate(onPiece);
  // Small steps: one step may grow a thousandfold before the callback can stop it.
  const step = 16 * 1024;
  try {
    for (let index = 0; index < packed.length; index += step) {
      inflate.push(packed.subarray(index, index + step), index + step >= packed.length);
    }
  } catch (error) {
    throw error instanceof ExtractionError ? error : corrupt(error);
  }
}

function findEnd(view: DataView): number {
  const earliest = Math.max(0, view.byteLength - END_BYTES - MAX_COMMENT_BYTES);
  for (let offset = view.byteLength - END_BYTES; offset >= earliest; offset--) {
    if (view.getUint32(offset, true) === END_SIGNATURE) return offset;
  }
  throw corrupt();
}

function assertModest(unpackedBytes: number, packedBytes: number): void {
  if (unpackedBytes > LIMITS.unpackedBytes) throw tooLarge();
  if (
    unpackedBytes > LIMITS.unpackedBytesAlwaysAllowed &&
    unpackedBytes > packedBytes * LIMITS.unpackedRatio
  ) {
    throw tooLarge();
  }
}

function tooLarge(): ExtractionError {
  return new ExtractionError(
    "TOO_LARGE",
    "This file unpacks to far more than its own size (over 200 MB, or over 100 times), so it was not opened. " +
      "Save it again from your word processor, or split it.",
  );
}

function tooManyEntries(): ExtractionError {
  return new ExtractionError(
    "TOO_COMPLEX",
    `This file holds more than ${LIMITS.archiveEntries} parts. Save it again from your word processor.`,
  );
}

function corrupt(cause?: unknown): ExtractionError {
  return new ExtractionError(
    "CORRUPT",
    "This file is damaged or incomplete. Open it in your word processor, save it again and upload the new file.",
    { cause },
  );
}
