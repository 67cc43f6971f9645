import type { SourceSentence } from "./source.ts";
import type { Word } from "./words.ts";

const NEGATIONS = new Set(
  (
    "not never no none neither nor without nobody nothing ne pas jamais aucun aucune rien sans ni " +
    "لا لم لن ليس ليست غير دون بدون ولا ولم ولن وليس وليست فلا فلم فلن فليس"
  ).split(" "),
);
/** Stands before the first and behind the last word, so that the edges of a sentence are places too. */
const EDGE: Word = {
  stem: "|",
  written: "",
  start: 0,
  end: 0,
  isName: false,
  mayBeName: false,
  isContent: false,
};
/** A name has at most so many words. */
const LONGEST_NAME = 3;

/**
 * A small edit of otherwise identical wording, as a reason: a negation put in or taken out, or one name
 * (in Arabic, which has no capitals, a word that may be one) or number put in another's place. Only places with the same
 * words on both sides, two on one of them, count: a true paraphrase has none, so it is not judged here.
 */
export function findEdit(claim: readonly Word[], aligned: readonly SourceSentence[]): string | undefined {
  const claimed = [EDGE, ...claim, EDGE];
  const sources = aligned.map((sentence) => [EDGE, ...sentence.all, EDGE]);
  for (const source of sources) {
    const added = negationBetween(claimed, [source]);
    if (added) return `the claim says "${added}" where the source does not`;
  }
  for (const source of sources) {
    const dropped = negationBetween(source, [claimed]);
    if (dropped && !negationKept(source, claimed))
      return `the source says "${dropped}" where the claim does not`;
  }
  return sources
    .map((source) => replacedName(claimed, source) ?? replacedNumber(claimed, source))
    .find(Boolean);
}

const isNegation = (word: Word | undefined): boolean => word !== undefined && NEGATIONS.has(word.stem);

/** A negation of `text` at a place that another text has word for word, but without it. */
function negationBetween(text: readonly Word[], others: readonly (readonly Word[])[]): string | undefined {
  for (const [at, word] of text.entries()) {
    if (!isNegation(word)) continue;
    const bare = [text[at - 2], text[at - 1], text[at + 1], text[at + 2]];
    const [before2, before, after, after2] = bare;
    if (!before || !after) continue;
    const withIt = [before, word, after];
    for (const other of others) {
      if (contains(other, withIt)) continue;
      const wide =
        (before2 && contains(other, [before2, before, after])) ||
        (after2 && contains(other, [before, after, after2]));
      if (wide) return word.written;
    }
  }
  return undefined;
}

/** True if the claim has as many negations as the source sentence: one that moved was not dropped. */
function negationKept(source: readonly Word[], claim: readonly Word[]): boolean {
  return claim.filter(isNegation).length >= source.filter(isNegation).length;
}

function contains(text: readonly Word[], run: readonly Word[]): boolean {
  return text.some((_, at) => run.every((word, offset) => text[at + offset]?.stem === word.stem));
}

/** A name of the claim between the same words as another name of the source. */
function replacedName(claim: readonly Word[], source: readonly Word[]): string | undefined {
  const counts = (word: Word): boolean => word.mayBeName;
  for (let start = 1; start < claim.length - 1; start++) {
    const first = claim[start];
    const before = claim[start - 1];
    if (!first || !before || !counts(first) || contains(source, [before, first])) continue;
    for (let length = 1; length <= LONGEST_NAME && start + length < claim.length; length++) {
      const written = claim.slice(start, start + length);
      const last = written.at(-1);
      const after = claim[start + length];
      if (!last || !after || !counts(last) || contains(source, [last, after])) continue;
      const other = between(source, claim, start - 1, start + length);
      const isOther =
        other?.some(counts) && !other.some((word) => written.some(({ stem }) => stem === word.stem));
      if (other && isOther) return `the source has "${spell(other)}" where the claim has "${spell(written)}"`;
    }
  }
  return undefined;
}

/** A number of the claim between the same words as another number of the source. */
function replacedNumber(claim: readonly Word[], source: readonly Word[]): string | undefined {
  for (let at = 1; at < claim.length - 1; at++) {
    const [before, number, after] = claim.slice(at - 1, at + 2);
    if (!before || !number || !after || !isNumber(number) || contains(source, [before, number, after]))
      continue;
    const [other, ...more] = between(source, claim, at - 1, at + 1) ?? [];
    if (other && more.length === 0 && isNumber(other) && other.stem !== number.stem)
      return `the source has "${other.written}" where the claim has "${number.written}"`;
  }
  return undefined;
}

const isNumber = (word: Word): boolean => /^\d/.test(word.stem);

/** The one to three words of `source` between the words that stand at `left` and `right` in `claim`. */
function between(
  source: readonly Word[],
  claim: readonly Word[],
  left: number,
  right: number,
): Word[] | undefined {
  const same = (at: number, place: number): boolean =>
    claim[at] !== undefined && claim[at]?.stem === source[place]?.stem;
  for (const [place] of source.entries()) {
    if (!same(left, place)) continue;
    for (let length = 1; length <= LONGEST_NAME; length++) {
      const end = place + length + 1;
      if (same(right, end) && (same(left - 1, place - 1) || same(right + 1, end + 1)))
        return source.slice(place + 1, end);
    }
  }
  return undefined;
}

const spell = (words: readonly Word[]): string => words.map((word) => word.written).join(" ");
