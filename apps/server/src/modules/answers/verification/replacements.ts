import type { Language } from "../../../platform/text/index.ts";
import { isAnywhere } from "./names.ts";
import { areOpposite } from "./opposites.ts";
import type { Source, SourceSentence } from "./source.ts";
import { type Replaced, replacements } from "./word-diff.ts";
import type { Word } from "./words.ts";

/** More words than these are another wording, not another name. */
const LONGEST_NAME = 3;
/** A clause of fewer words says too little to be told from what it is compared with. */
const LEAST_CLAUSE = 5;

/**
 * Another name, number or opposite at the same place of a claim, or of a clause of it, in nearly the words of a source
 * sentence, as a reason: whatever else the source says of the two, it does not say it here.
 */
export function findReplacement(
  claim: { text: string; words: readonly Word[] },
  aligned: readonly SourceSentence[],
  sources: readonly Source[],
  language: Language,
): string | undefined {
  const isElsewhere = (word: Word): boolean => sources.some((source) => isAnywhere(word, source));
  const clauses = clausesOf(claim);
  for (const { all } of aligned) {
    for (const clause of clauses) {
      const other = replacements(clause, all).find(
        (replaced) =>
          isOtherNumber(replaced) ||
          isOpposite(replaced, language) ||
          isOtherName(replaced, all[0], isElsewhere),
      );
      if (other)
        return `the source has "${spell(other.sourced)}" where the claim has "${spell(other.claimed)}"`;
    }
  }
  return undefined;
}

/** The whole claim, and each clause of it long enough to be compared by itself. */
function clausesOf({ text, words }: { text: string; words: readonly Word[] }): (readonly Word[])[] {
  const clauses: Word[][] = [[]];
  for (const [at, word] of words.entries()) {
    const between = text.slice(words[at - 1]?.end ?? word.start, word.start);
    if (/[,;:،؛()]/u.test(between)) clauses.push([]);
    clauses.at(-1)?.push(word);
  }
  return [words, ...(clauses.length > 1 ? clauses.filter(({ length }) => length >= LEAST_CLAUSE) : [])];
}

function isOtherNumber({ claimed, sourced }: Replaced): boolean {
  const [one, other] = [claimed[0]?.stem ?? "", sourced[0]?.stem ?? ""];
  if (claimed.length > 1 || sourced.length > 1) return false;
  return [one, other].every((stem) => /^\d{1,4}$/.test(stem)) && Number(one) !== Number(other);
}

function isOpposite({ claimed, sourced }: Replaced, language: Language): boolean {
  const [one, other] = [claimed[0], sourced[0]];
  if (!one || !other || claimed.length > 1 || sourced.length > 1) return false;
  return areOpposite(one, other, language);
}

function isOtherName(
  { claimed, sourced }: Replaced,
  opening: Word | undefined,
  isElsewhere: (word: Word) => boolean,
): boolean {
  if (claimed.length > LONGEST_NAME || sourced.length > LONGEST_NAME) return false;
  if (claimed.some(({ stem }) => sourced.some((other) => other.stem === stem))) return false;
  if (claimed.some(({ isName }) => isName))
    return sourced.some((word) => word.mayBeName || (word === opening && opensWithName(word)));
  // without capitals: a word that the passage has for something else, where one of the two may be a name
  return (
    [...claimed, ...sourced].some(({ mayBeName, isName }) => mayBeName && !isName) &&
    sourced.some(({ isContent }) => isContent) &&
    claimed.some((word) => word.isContent && isElsewhere(word))
  );
}

/** Words that a name may rightly stand for, and those before a noun which it stands for. */
const STANDS_IN =
  /^(?:the|an?|he|she|it|they|his|her|its|their|this|that|these|those|one|both|some|such|all|le|la|les|l|une?|il|elle|ils|elles|on|son|sa|ses|leurs?|cet?|cette|ces|ce|celui|celle|ceux|celles|tous)$/i;

/** A capital at the start of a sentence may be of a name or not: a name in its place says something else in both cases. */
function opensWithName({ written }: Word): boolean {
  return /^\p{Lu}/u.test(written) && !STANDS_IN.test(written);
}

const spell = (words: readonly Word[]): string => words.map((word) => word.written).join(" ");
