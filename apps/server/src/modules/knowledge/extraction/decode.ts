import { analyse } from "chardet";
import iconv from "iconv-lite";
import { ExtractionError } from "./types.ts";

const SAMPLE_BYTES = 64 * 1024;

/** Shares of control characters: a guessed encoding must be nearly free of them; valid UTF-8 may hold strays. */
const CLEAN_TEXT = 0.002;
const MOSTLY_TEXT = 0.1;
/** Share of the characters outside ASCII that may be broken in text that is still taken for UTF-8. */
const BROKEN_SHARE = 0.2;

/** Superset encodings: what a file labelled with the left name really holds on the web. */
const SUPERSET: Readonly<Record<string, string>> = {
  "iso-8859-1": "windows-1252",
  "us-ascii": "windows-1252",
  ascii: "windows-1252",
  latin1: "windows-1252",
  "iso-8859-6": "windows-1256",
  "iso-8859-9": "windows-1254",
  gb2312: "gb18030",
};

/** Tried when the statistics of `chardet` find nothing: the old encodings of the languages we serve. */
const FALLBACKS = ["windows-1252", "windows-1256"];

/**
 * Bytes to text: byte order mark, then strict UTF-8, then UTF-16 and slightly damaged UTF-8, then the declared
 * charset, then statistics.
 *
 * @param declaredCharset a charset that the document or its media type names, believed only if it decodes cleanly
 * @throws {ExtractionError} BAD_ENCODING when the bytes are not text in any encoding that we know
 */
export function decodeText(bytes: Uint8Array, declaredCharset?: string): string {
  const marked = byteOrderMark(bytes);
  if (marked) {
    const text = decodeStrictly(bytes, marked);
    if (text !== null) return text;
    throw notText(`starts with a ${marked} mark, but the rest of it is not ${marked}`);
  }
  const utf8 = decodeStrictly(bytes, "utf-8");
  if (utf8 !== null) {
    if (looksLikeText(utf8, MOSTLY_TEXT)) return utf8;
    // Every byte of UTF-16 text in Latin script is also valid UTF-8: half of them are NUL.
    const utf16 = utf16WithoutMark(bytes);
    if (utf16 !== null) return utf16;
    throw notText("holds control characters, as a program or an image does");
  }
  const utf16 = utf16WithoutMark(bytes);
  if (utf16 !== null) return utf16;
  const damaged = damagedUtf8(bytes);
  if (damaged !== null) return damaged;
  if (bytes.subarray(0, SAMPLE_BYTES).includes(0)) throw notText("holds binary data");
  for (const encoding of candidates(bytes, declaredCharset)) {
    const text = iconv.decode(bytes, encoding);
    if (looksLikeText(text, CLEAN_TEXT) && looksLikeLanguage(text)) return text;
  }
  throw notText("is in a character encoding that could not be recognised");
}

/** The declared charset of a page, from the `meta` element near its start. */
export function declaredCharset(bytes: Uint8Array): string | undefined {
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 2048));
  return /<meta[^>]{1,200}charset\s*=\s*["']?([\w-]+)/i.exec(start)?.[1];
}

function byteOrderMark(bytes: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  return null;
}

function decodeStrictly(bytes: Uint8Array, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * UTF-8 in which a few characters are broken, as after a bad copy; those are shown as �. Text in another encoding is
 * told apart by this: as UTF-8, nearly all of its characters outside ASCII are broken.
 */
function damagedUtf8(bytes: Uint8Array): string | null {
  const text = new TextDecoder("utf-8").decode(bytes);
  const outside = text.match(/[^\p{ASCII}]/gu) ?? [];
  const broken = outside.filter((character) => character === "\ufffd").length;
  return broken <= outside.length * BROKEN_SHARE && looksLikeText(text, CLEAN_TEXT) ? text : null;
}

/** UTF-16 shows itself by NUL bytes on one side of its pairs only. */
function utf16WithoutMark(bytes: Uint8Array): string | null {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  if (bytes.length < 2 || bytes.length % 2 !== 0) return null;
  let even = 0;
  let odd = 0;
  for (let index = 0; index < sample.length; index++) {
    if (sample[index] !== 0) continue;
    if (index % 2 === 0) even++;
    else odd++;
  }
  // Spaces, digits and line ends are enough: even Arabic text has one NUL in ten pairs.
  const enough = Math.max(1, sample.length / 40);
  let encoding: string | null = null;
  if (odd >= enough && even === 0) encoding = "utf-16le";
  if (even >= enough && odd === 0) encoding = "utf-16be";
  const text = encoding && decodeStrictly(bytes, encoding);
  return text && looksLikeText(text, CLEAN_TEXT) ? text : null;
}

function candidates(bytes: Uint8Array, declaredCharset?: string): Set<string> {
  const guesses = analyse(bytes.subarray(0, SAMPLE_BYTES)).filter((match) => match.confidence >= 10);
  // On short texts the statistics of close relatives tie; our own languages go first among the close ones.
  const best = guesses[0]?.confidence ?? 0;
  const close = guesses
    .filter((match) => match.confidence >= best - 10)
    .map((match) => normalise(match.name));
  const preferred = FALLBACKS.filter((encoding) => close.includes(encoding));
  const names = [
    ...(declaredCharset ? [normalise(declaredCharset)] : []),
    ...preferred,
    ...guesses.map((match) => normalise(match.name)),
    ...FALLBACKS,
  ];
  return new Set(names.filter((name) => !name.startsWith("utf") && iconv.encodingExists(name)));
}

function normalise(name: string): string {
  const lower = name.trim().toLowerCase();
  return SUPERSET[lower] ?? lower;
}

/** Next to no NUL, and no more control characters than the given share. */
function looksLikeText(text: string, allowedShare: number): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: counting control characters is the purpose
  const strange = text.match(/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u0080-\u009f]/g) ?? [];
  const nulls = strange.filter((character) => character === "\0").length;
  return strange.length <= text.length * allowedShare && nulls <= text.length * CLEAN_TEXT;
}

/**
 * Next to nothing is undecodable, and of the characters outside ASCII most are letters: in binary data read as an
 * 8-bit encoding most are not.
 */
function looksLikeLanguage(text: string): boolean {
  const outside = text.match(/[^\p{ASCII}]/gu) ?? [];
  const undecodable = outside.filter((character) => character === "\ufffd").length;
  const letters = outside.filter((character) =>
    /[\p{L}\p{M}\p{P}\p{N}\p{Zs}€£¥©®™°]/u.test(character),
  ).length;
  return undecodable <= Math.max(1, text.length * CLEAN_TEXT) && letters >= outside.length * 0.6;
}

function notText(why: string): ExtractionError {
  return new ExtractionError(
    "BAD_ENCODING",
    `This file cannot be read as text: it ${why}. Save it as UTF-8 text and upload it again.`,
  );
}
