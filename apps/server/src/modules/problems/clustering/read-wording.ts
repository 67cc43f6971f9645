import { sha256Hex } from "../../../platform/crypto/index.ts";
import { detectLanguage, fold, isStopWord, stemmed, tokenize } from "../../../platform/text/index.ts";

/** Longer questions are compared by their beginning: bounded work for a pasted page. */
const MOST_WORDS = 60;

/** A question as it is compared with others. */
export interface Wording {
  /** Each content word once, in search form and stemmed, in order. */
  stems: readonly string[];
  /** Words without content of their own that turn a question into another: who, where, when, not. */
  turns: readonly string[];
}

/** What a question asks for, and whether it denies: stop words for a search, not for a comparison. */
const TURNS = new Set(
  (
    "not no never without cannot cant dont doesnt didnt isnt wasnt wont arent havent hasnt couldnt shouldnt wouldnt " +
    "where when who why much many long often which " +
    "ne pas jamais sans aucun ou quand qui pourquoi combien quel quelle quels quelles " +
    "لا لم لن ليس ليست بدون غير اين متي من لماذا كم"
  ).split(" "),
);

/** How a question is compared: its content words, and those small ones that turn its meaning. */
export function readWording(text: string): Wording {
  const language = detectLanguage(text);
  const stems = new Set<string>();
  const turns = new Set<string>();
  const all = tokenize(text).slice(0, MOST_WORDS);
  for (const { term } of all) {
    const plain = term.replaceAll("'", "");
    if (TURNS.has(plain)) turns.add(negated(plain));
    else if (!isStopWord(term, language)) stems.add(stemmed(term, language));
  }
  if (stems.size === 0) for (const { term } of all) stems.add(stemmed(term, language));
  return { stems: [...stems], turns: [...turns] };
}

const NEGATIONS =
  /^(?:not|no|never|without|cannot|\w+nt|ne|pas|jamais|sans|aucun|لا|لم|لن|ليس|ليست|بدون|غير)$/u;

function negated(word: string): string {
  return NEGATIONS.test(word) ? "not" : word;
}

/** What two wordings share that differ in case, accents and marks alone. */
export function wordsHash(text: string): string {
  const words = tokenize(text).map(({ term }) => term);
  return sha256Hex(words.length > 0 ? words.join(" ") : fold(text).trim());
}
