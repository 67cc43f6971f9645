/** Letters that Unicode does not decompose, but that readers type without their marks. */
const LETTERS: Readonly<Record<string, string>> = {
  œ: "oe",
  æ: "ae",
  ß: "ss",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
  // Arabic: alef wasla, alef maqsura, teh marbuta; Persian keyboard forms of kaf and yeh.
  "\u0671": "\u0627",
  "\u0649": "\u064a",
  "\u0629": "\u0647",
  "\u06a9": "\u0643",
  "\u06cc": "\u064a",
};
const SPECIAL_LETTER = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "gu");
const ASCII = /^[\0-\x7f]*$/;
const LATIN_ACCENTS = /(\p{Script=Latin})\p{M}+/gu;
/** Harakat, Quranic marks, hamza and madda as combining marks (after decomposition), and tatweel. */
const ARABIC_MARKS = /[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed]/g;
/** Zero-width characters, direction marks, soft hyphen, byte order mark. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const ARABIC_DIGIT = /[\u0660-\u0669\u06f0-\u06f9]/g;

/**
 * The search form of a text: two spellings that a reader takes for the same word become equal.
 * Compatibility forms (NFKC), case, Latin accents, Arabic harakat, tatweel, hamza, alef, yeh and
 * teh marbuta forms, Arabic digits, invisible characters. Idempotent. Lengths and offsets are not
 * kept: never store the result in place of the text itself.
 */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .toLowerCase()
    .normalize("NFKD")
    .toLowerCase()
    .replace(LATIN_ACCENTS, "$1")
    .replace(ARABIC_MARKS, "")
    .replace(INVISIBLE, "")
    .replace(ARABIC_DIGIT, (digit) => String(digit.charCodeAt(0) & 0xf))
    .replace(/[\u2018\u2019\u02bc]/g, "'")
    .normalize("NFKC")
    .replace(SPECIAL_LETTER, (letter) => LETTERS[letter] ?? letter);
}
