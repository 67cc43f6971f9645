import { detectAll } from "tinyld";
import { fold } from "./fold.ts";
import { functionWordVotes } from "./stop-words.ts";

/** The languages that Parlance analyses with their own rules; anything else is "other". */
export type Language = "en" | "fr" | "ar" | "other";

/** The language whose rules read a text that was found to be in `language`. */
export function knownLanguage(language: string): Language {
  return language === "en" || language === "fr" || language === "ar" ? language : "other";
}

const ARABIC_LETTERS = /\p{Script=Arabic}/gu;
const LATIN_LETTERS = /\p{Script=Latin}/gu;
const ALL_LETTERS = /\p{L}/gu;
/** Letters of Persian and Urdu that Arabic does not use (Persian kaf and yeh also occur in Arabic text). */
const NOT_ARABIC = /[\u067e\u0686\u0698\u06af\u0679\u0688\u0691\u06ba\u06be\u06c1\u06d2]/g;
/** Spellings that French has and English does not. */
const FRENCH_SPELLING = /[àâçèéêëîïôùûœ]|(?<!\p{L})(?:[cdjlmnst]|qu)['’](?=[aeiouhyàâéèêëîïôùû])/giu;
/** A space before "?", "!", ":" or ";", as French typography asks. */
const FRENCH_SPACING = /(?<=[\p{L}»])[ \u00a0\u202f][?!:;](?=\s|$)/gu;
/** One-word messages that need an answer in their own language. */
const FRENCH_GREETING = /^(?:bonjour|bonsoir|salut|coucou|merci|stp|svp|d'accord|au revoir)(?!\p{L})/u;
const FOREIGN_GREETING = /^(?:hola|gracias|hallo|danke|guten|ciao|grazie|ola|obrigad[oa])(?!\p{L})/u;
/** Letters that neither English nor French writes. */
const FOREIGN_LETTER = /[ßñãõåøðþłşğıčšžřőű¿¡]/giu;
/** A longer text is judged by its beginning: enough evidence, bounded cost. */
const SAMPLE = 4000;
/** Characters under which letter statistics give way to what is known from elsewhere. */
const SHORT = 400;

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/**
 * The language of a text. The script is decided first (Arabic, Latin, anything else); Latin text is
 * decided by votes of function words and spelling, then by letter statistics. Latin text without any
 * evidence ("Wi-Fi", "order 123", "") is "en". Deterministic; reads at most the first 4,000 characters.
 *
 * Statistics are a guess on a short text, such as a row of a table. `otherwise` says what is likelier there,
 * from what stands around it: the language of its document, or of the question it may answer.
 */
export function detectLanguage(text: string, otherwise?: Language): Language {
  const sample = text.length > SAMPLE ? text.slice(0, SAMPLE) : text;
  const letters = count(sample, ALL_LETTERS);
  if (letters === 0) return "en";
  const arabic = count(sample, ARABIC_LETTERS);
  const latin = count(sample, LATIN_LETTERS);
  // Arabic sentences carry Latin product names: a quarter of the letters is enough to be Arabic.
  if (arabic * 4 >= letters) {
    return count(sample, NOT_ARABIC) * 25 > arabic ? "other" : "ar";
  }
  if (latin * 2 < letters) return "other";
  return detectLatin(sample, otherwise === "en" || otherwise === "fr" ? otherwise : undefined);
}

function detectLatin(sample: string, otherwise: "en" | "fr" | undefined): Language {
  const folded = fold(sample).trim();
  const votes = functionWordVotes(folded.match(/\p{L}+/gu) ?? []);
  const english = votes.en;
  const french =
    votes.fr +
    0.5 * (count(sample, FRENCH_SPELLING) + count(sample, FRENCH_SPACING)) +
    (FRENCH_GREETING.test(folded) ? 2 : 0);
  const foreign = votes.other + 0.5 * count(sample, FOREIGN_LETTER) + (FOREIGN_GREETING.test(folded) ? 2 : 0);
  if (foreign >= 2 && foreign > 1.3 * Math.max(english, french)) return "other";
  if (english !== french) return english > french ? "en" : "fr";
  return otherwise && sample.length < SHORT ? otherwise : byLetterStatistics(sample);
}

/** Letter statistics call "invoice" and "contact" French, so one word alone proves nothing. */
function byLetterStatistics(sample: string): Language {
  if (count(sample, /\p{L}{2,}/gu) < 2) return "en";
  const ranked = detectAll(sample, { only: ["en", "fr"] });
  const share = (lang: string): number => ranked.find((guess) => guess.lang === lang)?.accuracy ?? 0;
  return share("fr") > share("en") ? "fr" : "en";
}
