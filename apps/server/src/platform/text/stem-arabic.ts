/** Longest first; "ال" with the particles that are written onto it. */
const PREFIXES = ["وبال", "وال", "بال", "كال", "فال", "ولل", "ال", "لل", "و", "ف", "ب", "ك", "ل"];
/** Feminine, plural, dual and possessive endings, in their folded spelling. */
const SUFFIXES = ["ها", "ان", "ات", "ون", "ين", "يه", "هم", "هن", "كم", "نا", "يا", "ه", "ي"];
const ARABIC_WORD = /^[\u0621-\u064a]+$/;

/**
 * A light stem of a folded Arabic word (after Larkey's light10): one leading article or particle and up
 * to two endings go, as long as the rest stays long enough to carry a root. Words of other scripts stay.
 */
export function stemArabic(word: string): string {
  if (!ARABIC_WORD.test(word)) return word;
  let rest = word;
  for (const prefix of PREFIXES) {
    // A single letter may belong to the root, so more must remain behind it.
    const least = prefix.length === 1 ? 4 : 2;
    if (rest.length - prefix.length >= least && rest.startsWith(prefix)) {
      rest = rest.slice(prefix.length);
      break;
    }
  }
  for (let round = 0; round < 2; round++) {
    const ending = SUFFIXES.find((suffix) => rest.length - suffix.length >= 3 && rest.endsWith(suffix));
    if (ending === undefined) break;
    rest = rest.slice(0, -ending.length);
  }
  return rest;
}
