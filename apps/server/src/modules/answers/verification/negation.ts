import { closeness } from "../../../platform/text/index.ts";
import type { Word } from "./words.ts";

/** A word such as "not", with the content words around it. */
export interface Negation {
  written: string;
  /** The stem right after it: what is negated. */
  target: string | undefined;
  /** Stems near it on both sides, the target among them. */
  scope: string[];
}

const CUE = new RegExp(
  [
    "(?<![\\p{L}])(?:not|never|cannot|none|neither|nor|without|nobody|nothing)(?![\\p{L}])(?! only)",
    "(?<![\\p{L}])no(?![\\p{L}])(?!\\.? ?\\d)",
    "(?<=\\p{L})n['’]t(?![\\p{L}])",
    "(?<![\\p{L}])(?:ne |n['’])(?=\\p{L})",
    "(?<![\\p{L}])(?:pas|jamais|aucune?|rien|sans|ni)(?![\\p{L}])",
    "(?<![\\p{L}])[وف]?(?:لا|لم|لن|ليست?|ليسوا|غير|بدون|دون)(?![\\p{L}])(?! فقط)",
  ].join("|"),
  "giu",
);
/** "ne … que" means "only". */
const ONLY = /^(?:ne |n['’])\S+(?: \S+)? que?(?:['’ ])/iu;
/** Words that deny without a negation word; beside one of these, polarity is not judged. */
const WEAK_DENIAL =
  /\b(?:fail\w*|unable|un(?!i|der|til\b|less|con?ditional)\w{4,}|im(?:possible|proper)\w*|in(?:valid|capable|eligible)\w*|non-\w+|lack\w*|refus\w*|prevent\w*|except|instead|rather|hardly|rarely|few|little|only|den(?:y|ied|ies)|impossibles?|sauf|hormis|manqu\w+|empech\w+|seulement|guere)\b|(?:عدم|سوى|إلا|الا|فقط|رفض|نفى|فشل)/iu;
const REACH = 2;
const LEAST_AROUND = 2;

export function deniesWeakly(text: string): boolean {
  return WEAK_DENIAL.test(text);
}

/** Characters on either side in which a weak denial bears on a word. */
const WEAK_REACH = 40;

/** True if a weak denial stands near one of the words of these stems. */
function deniesNear({ text, words }: Polarised, stems: readonly string[]): boolean {
  return words.some(
    ({ stem, start, end }) =>
      stems.includes(stem) && deniesWeakly(text.slice(Math.max(0, start - WEAK_REACH), end + WEAK_REACH)),
  );
}

/** The negations of a sentence. French "ne … pas" is one. */
export function findNegations(text: string, words: readonly Word[]): Negation[] {
  const found: Negation[] = [];
  let coveredUntil = -1;
  for (const match of text.matchAll(CUE)) {
    const written = match[0].trim();
    const opensFrench = /^n(?:e|['’])$/i.test(written);
    if (!opensFrench && match.index < coveredUntil) continue;
    if (opensFrench) {
      if (ONLY.test(text.slice(match.index))) continue;
      coveredUntil = match.index + 40;
    }
    const next = words.findIndex((word) => word.start >= match.index + (opensFrench ? 1 : 0));
    const at = next < 0 ? words.length : next;
    found.push({
      written,
      target: words[at]?.stem,
      scope: words.slice(Math.max(0, at - REACH), at + REACH + 1).map((word) => word.stem),
    });
  }
  return found;
}

/** True if the words end in a negation or an auxiliary that carries one: "you cannot", "do not", "لا". */
export function endsInNegation(words: string): boolean {
  const last = words.trim().split(" ").slice(-2).join(" ");
  return last !== "" && last.match(CUE) !== null;
}

interface Polarised {
  text: string;
  words: readonly Word[];
}

/**
 * What one side denies and the other affirms, in words; undefined if they agree or cannot be compared.
 * `sources` are the sentences that speak of the same as the claim.
 */
export function polarityConflict(claim: Polarised, sources: readonly Polarised[]): string | undefined {
  const claimed = findNegations(claim.text, claim.words);
  const sourced = sources.map((source) => findNegations(source.text, source.words));
  const denied = sourced.flat();

  for (const { written, target, scope } of claimed) {
    if (target === undefined) continue;
    const agrees = denied.some((negation) => negation.scope.some((stem) => closeness(target, stem) > 0));
    if (agrees || sources.some((source) => deniesNear(source, scope))) continue;
    const isStated = sources.some((source) => source.words.some((word) => closeness(target, word.stem) > 0));
    // what is denied may be said in another word: then all around it must be stated, and nothing denied
    const around = scope.filter((stem) =>
      sources.some(({ words }) => words.some((word) => word.stem === stem)),
    );
    if (isStated || (denied.length === 0 && around.length >= LEAST_AROUND))
      return `"${written}" is not in the source`;
  }
  if (deniesWeakly(claim.text)) return undefined;
  const claimStems = claim.words.map((word) => word.stem);
  for (const { written, target, scope } of denied) {
    if (target === undefined || !claimStems.includes(target)) continue;
    const samePredicate =
      scope.filter((stem) => claimStems.includes(stem)).length >= Math.min(2, scope.length);
    const agrees = claimed.some((negation) => negation.scope.includes(target));
    if (samePredicate && !agrees) return `the source says "${written}" here, the claim does not`;
  }
  return undefined;
}
