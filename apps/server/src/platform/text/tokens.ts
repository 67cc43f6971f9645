import { fold } from "./fold.ts";

/** One search term with its place: `text.slice(start, end)` is what was written. */
export interface Token {
  /** The folded form. */
  term: string;
  start: number;
  end: number;
}

/** Letters, digits and marks, joined by at most one inner sign; C++, C# and F# by name. */
const WORD =
  /(?<![\p{L}\p{N}])(?:c\+\+|[cf]#)(?![\p{L}\p{N}])|[\p{L}\p{N}][\p{L}\p{N}\p{M}\u00ad\u200c\u200d]*(?:[-_.,:/@'’\u00a0\u202f][\p{L}\p{N}][\p{L}\p{N}\p{M}\u00ad\u200c\u200d]*)*/giu;
const INNER_SIGN = /[-_.,:/@'’\u00a0\u202f]/;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const SEGMENTED = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const BEYOND_LATIN_ARABIC =
  /[\u0e00-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\ud7ff\uf900-\ufaff]|[\ud840-\ud8ff]/;

const ELISION = /^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’]/iu;
const POSSESSIVE = /['’]s?$/iu;
/** 1,000  12 500  3.14  1,000.50: digits in groups, or with a decimal part. */
const NUMBER = /^\p{Nd}+(?:[.,\u00a0\u202f]\p{Nd}+)*$/u;
/** bodyLimit, trustProxy: names of code, which questions write as separate words. */
const CAMEL_CASE = /^\p{Ll}+(?:\p{Lu}\p{Ll}+)+$/u;
const ACRONYM = /^(?:\p{L}\.)+\p{L}$/u;
const segmenter = new Intl.Segmenter("th", { granularity: "word" });

/**
 * The words, numbers and identifiers of `text`, in order, folded, with offsets in the original.
 *
 * - French elision and English possessives go: "l'eau" is "eau", "Tesla's" is "tesla"; "don't" stays.
 * - Hyphenated words are their parts; an identifier ("ISO-9001", "foo_bar", "fooBar", "v2.3", "a@b.org") is the
 *   whole, then its parts, so tokens may overlap.
 * - "1,000", "1 000" (no-break space) and "١٠٠٠" are "1000"; "3,14" is "3.14".
 * - Chinese, Japanese and Korean are pairs of characters; Thai, Lao, Khmer and Burmese are segmented.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  WORD.lastIndex = 0;
  for (let match = WORD.exec(text); match !== null; match = WORD.exec(text)) {
    const word = match[0];
    const start = match.index;
    if (BEYOND_LATIN_ARABIC.test(word)) addUnspaced(word, start, tokens);
    else if (INNER_SIGN.test(word)) addJoined(word, start, tokens);
    else if (CAMEL_CASE.test(word)) addCamelCase(word, start, tokens);
    else add(word, start, tokens);
  }
  return tokens;
}

/** Natural text repeats its words: remembering what they fold to makes reading Arabic three times faster. */
const MEMORY_LIMIT = 50_000;
const LONGEST_REMEMBERED = 40;
const memory = new Map<string, string>();

function folded(word: string): string {
  const known = memory.get(word);
  if (known !== undefined) return known;
  const fresh = fold(word);
  if (word.length > LONGEST_REMEMBERED) return fresh;
  if (memory.size >= MEMORY_LIMIT) memory.clear();
  memory.set(word, fresh);
  return fresh;
}

function add(word: string, start: number, tokens: Token[]): void {
  const term = folded(word);
  if (term !== "") tokens.push({ term, start, end: start + word.length });
}

function addCamelCase(word: string, start: number, tokens: Token[]): void {
  add(word, start, tokens);
  for (const part of word.matchAll(/\p{L}\p{Ll}+/gu)) add(part[0], start + part.index, tokens);
}

/** A word with inner signs: a number, an acronym, an identifier, or words that merely touch. */
function addJoined(word: string, start: number, tokens: Token[]): void {
  const end = start + word.length;
  if (NUMBER.test(word)) {
    tokens.push({ term: numberTerm(word), start, end });
    return;
  }
  if (ACRONYM.test(word)) {
    tokens.push({ term: fold(word).replaceAll(".", ""), start, end });
    return;
  }
  const parts = splitParts(word);
  if (parts.length > 1 && isIdentifier(word)) {
    tokens.push({ term: fold(word), start, end });
    const version = /^v(?=\d)/i.exec(word);
    if (version) tokens.push({ term: fold(word.slice(1)), start: start + 1, end });
    for (const part of parts) if (part.text.length > 1) addWord(part.text, start + part.at, tokens);
    return;
  }
  for (const part of parts) addWord(part.text, start + part.at, tokens);
}

/** An identifier mixes letters with digits, or is joined by a sign that prose does not use inside words. */
function isIdentifier(word: string): boolean {
  if (/[_@]/.test(word)) return true;
  if (/['’,:/\u00a0\u202f]/.test(word)) return false;
  return /\p{L}/u.test(word) && /\p{N}/u.test(word);
}

/** Cuts at inner signs, but keeps apostrophes and numbers together. */
function splitParts(word: string): { text: string; at: number }[] {
  const parts: { text: string; at: number }[] = [];
  for (const match of word.matchAll(/\p{Nd}+(?:[.,]\p{Nd}+)+(?!\p{L})|[^-_.,:/@\u00a0\u202f]+/gu)) {
    parts.push({ text: match[0], at: match.index });
  }
  return parts;
}

function addWord(word: string, start: number, tokens: Token[]): void {
  if (NUMBER.test(word)) {
    tokens.push({ term: numberTerm(word), start, end: start + word.length });
    return;
  }
  const elided = ELISION.exec(word)?.[0].length ?? 0;
  const from = elided < word.length ? elided : 0;
  // "it's" loses its mark too: "it" is a stop word as well.
  const possessive = POSSESSIVE.exec(word)?.[0].length ?? 0;
  const to = word.length - possessive;
  add(from < to ? word.slice(from, to) : word, start + (from < to ? from : 0), tokens);
}

/** "1,000.50" and "1 000,50" become "1000.50"; a lone comma before three digits groups thousands. */
function numberTerm(word: string): string {
  let digits = fold(word).replace(/[\u00a0\u202f\s]/g, "");
  const lastSign = Math.max(digits.lastIndexOf("."), digits.lastIndexOf(","));
  if (lastSign >= 0 && digits[lastSign] === ",") {
    const groups = digits.split(",");
    const grouped = groups.slice(1).every((group) => group.length === 3) && !digits.includes(".");
    if (!grouped && groups.length === 2) digits = digits.replaceAll(".", "").replace(",", ".");
  }
  return digits.replaceAll(",", "");
}

function addUnspaced(word: string, start: number, tokens: Token[]): void {
  if (SEGMENTED.test(word)) {
    for (const { segment, index, isWordLike } of segmenter.segment(word)) {
      if (isWordLike) add(segment, start + index, tokens);
    }
    return;
  }
  for (const run of word.matchAll(
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]+|[\p{L}\p{N}\p{M}]+?(?=[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]|[^\p{L}\p{N}\p{M}]|$)/gu,
  )) {
    if (UNSPACED.test(run[0])) addPairs(run[0], start + run.index, tokens);
    else add(run[0], start + run.index, tokens);
  }
}

function addPairs(run: string, start: number, tokens: Token[]): void {
  const characters = Array.from(run);
  let at = start;
  for (let i = 0; i < characters.length; i++) {
    const here = characters[i] ?? "";
    const next = characters[i + 1];
    if (next !== undefined || i === 0) add(here + (next ?? ""), at, tokens);
    at += here.length;
  }
}
