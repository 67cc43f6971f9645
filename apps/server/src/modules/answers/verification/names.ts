import { closeness } from "../../../platform/text/index.ts";
import { heldBy, type Source, type SourceSentence } from "./source.ts";
import { type Word, wordSequence } from "./words.ts";

const QUOTED = /["“«]\s*([^"”»]{2,200}?)\s*["”»]/gu;

/**
 * Names and quotations of the claim that the sources do not bear out, as reasons. A name from elsewhere in
 * the source passes ("Tesla" for "he"), unless it stands exactly where the source has another one.
 */
export function nameProblems(
  claimText: string,
  claim: readonly Word[],
  aligned: readonly SourceSentence[],
  sources: readonly Source[],
): string[] {
  const problems: string[] = [];
  for (const [, quoted = ""] of claimText.matchAll(QUOTED)) {
    const sequence = wordSequence(quoted);
    if (sequence.trim() !== "" && !sources.some((source) => source.sequence.includes(sequence))) {
      problems.push(`the quoted words "${quoted}" are not in ${label(sources)}`);
    }
  }
  // Arabic has no capitals: any word that replaces another one in the same place is treated as a name.
  const hasCapitals = sources.every((source) => source.language !== "ar");
  claim.forEach((word, at) => {
    if (aligned.some((sentence) => heldBy(word.stem, sentence.words) === 1)) return;
    const elsewhere = sources.some((source) => isAnywhere(word, source));
    // a common word says the same as another one, but hardly one that the passage has for something else
    if (!word.mayBeName && (hasCapitals || !elsewhere)) return;
    if (hasCapitals && !elsewhere) {
      problems.push(`"${word.written}" is not in ${label(sources)}`);
      return;
    }
    const replaced = aligned
      .map((sentence) => replacedWord(claim, at, sentence.words, hasCapitals))
      .find(Boolean);
    const rival = hasCapitals && !replaced ? rivalName(word, claim, aligned[0], sources) : undefined;
    if (rival) problems.push(`${label(sources)} names "${rival.written}" here, not "${word.written}"`);
    if (replaced)
      problems.push(`${label(sources)} has "${replaced.written}" where the claim has "${word.written}"`);
  });
  return problems;
}

/** Words that stand for somebody or something named before. */
const REFERS =
  /(?<!\p{L})(?:he|she|it|they|him|her|them|his|hers|its|their|theirs|this|that|these|those|who|whose|il|elle|ils|elles|lui|leur|leurs|son|sa|ses|ce|cet|cette|ces|celui|celle|ceux|celles|y|en|dont|qui)(?!\p{L})/iu;

/** A name that the best matching sentence has and the claim has not, where nothing in it can stand for the claim's. */
function rivalName(
  word: Word,
  claim: readonly Word[],
  best: SourceSentence | undefined,
  sources: readonly Source[],
): Word | undefined {
  if (!best || REFERS.test(best.text)) return undefined;
  if (sources.some(({ titleWords }) => heldBy(word.stem, titleWords) > 0)) return undefined;
  return best.words.find((other) => other.isName && heldBy(other.stem, claim) === 0);
}

/** True if the source has the word in whatever form. */
export function isAnywhere(word: Word, source: Source): boolean {
  if (source.sequence.includes(wordSequence(word.written))) return true;
  return (
    heldBy(word.stem, source.titleWords) > 0 ||
    source.sentences.some(({ words }) => heldBy(word.stem, words) > 0)
  );
}

/** The word of `source` that stands between the same neighbours as `claim[at]` and is missing in the claim. */
function replacedWord(
  claim: readonly Word[],
  at: number,
  source: readonly Word[],
  isNamed: boolean,
): Word | undefined {
  const before = claim[at - 1];
  const after = claim[at + 1];
  return source.find((other, place) => {
    if (isNamed && !other.isName && place > 0) return false;
    if (heldBy(other.stem, claim) > 0) return false;
    const sameBefore = isSame(before, source[place - 1]);
    const sameAfter = isSame(after, source[place + 1]);
    return isNamed ? sameBefore || sameAfter : sameBefore && sameAfter;
  });
}

function isSame(one: Word | undefined, other: Word | undefined): boolean {
  return one !== undefined && other !== undefined && closeness(one.stem, other.stem) === 1;
}

/** "source 2", "sources 1 and 3" */
export function label(sources: readonly Source[]): string {
  const numbers = sources.map((source) => source.number);
  return `source${numbers.length > 1 ? "s" : ""} ${numbers.join(" and ")}`;
}
