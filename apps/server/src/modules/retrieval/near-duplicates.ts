import { tokenize } from "../../platform/text/index.ts";

/** What became of a passage: among the best, left out as it says the same as a better one, or not among the best. */
export type Fate = "chosen" | "duplicate" | "below";

/** A passage of whose pairs of neighbouring words a better one holds so large a share says nothing new. */
const SAME_PAIRS = 0.9;
/** A much shorter one is another passage, though a better one holds its words: it says its thing alone. */
const SAME_SIZE = 0.8;

/** A small word that turns a sentence round: with and without it, two passages do not say the same. */
const NEGATIONS = [
  ..."not no never without cannot don't doesn't isn't aren't can't won't".split(" "),
  ..."ne n'est pas jamais sans aucun aucune".split(" "),
  ..."لا لم لن ليس ليست غير بدون".split(" "),
];
const NEGATES = new Set(NEGATIONS);
const HAS_DIGIT = /\p{N}/u;

interface Text {
  text: string;
  title: string;
  headingPath: string[];
}

interface Read {
  place: number;
  words: ReadonlySet<string>;
  pairs: ReadonlySet<string>;
}

/**
 * Which `limit` of the ranked passages (best first) are chosen: one that says what a better one says already is
 * left out and named with the place of that one. Passages that differ in a number, in a negation or in a word of
 * the query never count as the same, however long they are: the reader must see that they differ.
 */
export function chooseDifferent(
  ranked: readonly Text[],
  query: string,
  limit: number,
): { fate: Fate; duplicateOf: number | null }[] {
  const asked = new Set(tokenize(query).map(({ term }) => term));
  const kept: Read[] = [];
  return ranked.map((passage, place) => {
    if (kept.length >= limit) return { fate: "below", duplicateOf: null };
    const read = readText(passage, place);
    const same = kept.find((better) => saysNothingNew(read, better, asked));
    if (same) return { fate: "duplicate", duplicateOf: same.place };
    kept.push(read);
    return { fate: "chosen", duplicateOf: null };
  });
}

/** A text alone does not say what it is about: "Yes, pets are welcome" in two hotels is no duplicate. */
function readText({ title, headingPath, text }: Text, place: number): Read {
  const words = [title, ...headingPath, text].flatMap((part) => tokenize(part)).map(({ term }) => term);
  return {
    place,
    words: new Set(words),
    pairs: new Set(words.slice(1).map((word, i) => `${words[i]} ${word}`)),
  };
}

function saysNothingNew(read: Read, better: Read, asked: ReadonlySet<string>): boolean {
  if (read.pairs.size === 0 || read.pairs.size < SAME_SIZE * better.pairs.size) return false;
  const mostMissing = (1 - SAME_PAIRS) * read.pairs.size;
  const missing: string[] = [];
  for (const pair of read.pairs) {
    if (better.pairs.has(pair)) continue;
    missing.push(pair);
    if (missing.length > mostMissing) return false;
  }
  for (const word of read.words) {
    if (!better.words.has(word) && (HAS_DIGIT.test(word) || NEGATES.has(word) || asked.has(word)))
      return false;
  }
  return !missing.some((pair) => {
    const first = pair.slice(0, pair.indexOf(" "));
    return NEGATIONS.some(
      (negation) => pair.endsWith(` ${negation}`) || better.pairs.has(`${first} ${negation}`),
    );
  });
}
