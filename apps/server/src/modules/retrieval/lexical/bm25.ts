import { countInText, isInHeadings, isInTitle, rowEntries, visitPostings } from "./codec.ts";

/*
 * BM25F (Robertson, Zaragoza and Taylor 2004) over text, title and headings, each with its own length, with
 * Lucene's inverse document frequency, in 64-bit arithmetic. Document frequencies and average lengths count live
 * chunks only, so the score of a chunk does not depend on how the index is cut into segments, nor on whether
 * removed chunks were merged away yet. A chunk without title and headings has its score of plain BM25.
 */

/** How soon repetition stops to count. */
export const K1 = 1.2;
/** How much a long chunk is held back: 0 not at all, 1 in full. */
export const B = 0.75;

/** What one occurrence in the title or the headings counts for, in occurrences in the text. */
export const TITLE_WEIGHT = 2;
export const HEADINGS_WEIGHT = 2;

/** A query's rarest terms always count; further ones only while their postings are few (see `scoreTerms`). */
const ALWAYS_SCORED_TERMS = 12;
const POSTINGS_FOR_FURTHER_TERMS = 40_000;

/** What scoring must know of the whole collection. */
export interface Collection {
  liveChunks: number;
  averages: AverageLengths;
  /** By ordinal: the length of the chunk's text in terms plus one, or 0 if it is not live. */
  lengths: Uint32Array;
  /** By ordinal: the lengths of the chunk's title and of its headings in terms. */
  titleLengths: Uint16Array;
  headingLengths: Uint16Array;
}

/** In terms; of titles and headings over the chunks that have any. */
interface AverageLengths {
  text: number;
  title: number;
  headings: number;
}

/** Over the live chunks. */
export function averageLengths({
  lengths,
  titleLengths,
  headingLengths,
}: Pick<Collection, "lengths" | "titleLengths" | "headingLengths">): AverageLengths {
  const sums = { live: 0, text: 0, titled: 0, title: 0, headed: 0, headings: 0 };
  lengths.forEach((length, ordinal) => {
    if (length === 0) return;
    const title = titleLengths[ordinal] ?? 0;
    const headings = headingLengths[ordinal] ?? 0;
    sums.live++;
    sums.text += length - 1;
    sums.title += title;
    sums.headings += headings;
    if (title > 0) sums.titled++;
    if (headings > 0) sums.headed++;
  });
  return {
    text: Math.max(sums.text, 1) / Math.max(sums.live, 1),
    title: Math.max(sums.title, 1) / Math.max(sums.titled, 1),
    headings: Math.max(sums.headings, 1) / Math.max(sums.headed, 1),
  };
}

/** A posting row of one segment in which a query term may stand. */
export interface RowOfSegment {
  row: Buffer;
  firstOrdinal: number;
  /** How the segment was written: see `FORMAT`. */
  format: number;
  /** True if chunks of this segment were removed since it was written. */
  hasRemoved: boolean;
}

interface Match extends RowOfSegment {
  chunks: number;
  start: number;
}

/** Scores by ordinal; 0 for a chunk without any of the terms. */
export interface Scores {
  byOrdinal: Float64Array;
  /** How much of each score comes from the title, and from the headings. */
  byTitle: Float64Array;
  byHeadings: Float64Array;
  /** Ordinals with a score above 0, in no order. */
  matched: number[];
  /** How many live chunks hold each term of the query; a term that none holds is absent. */
  frequencies: Map<string, number>;
}

/**
 * Scores every live chunk that holds one of `terms`; a term that stands there twice counts twice.
 * `rowsOf` gives the rows in which a term may stand. Terms are added from the rarest to the most frequent, equal ones by text: the same sum everywhere.
 */
export function scoreTerms(
  terms: readonly string[],
  rowsOf: (term: string) => readonly RowOfSegment[],
  collection: Collection,
): Scores {
  const { lengths, titleLengths, headingLengths, liveChunks, averages } = collection;
  const scores: Scores = {
    byOrdinal: new Float64Array(lengths.length),
    byTitle: new Float64Array(lengths.length),
    byHeadings: new Float64Array(lengths.length),
    matched: [],
    frequencies: new Map(),
  };
  const known = knownTerms(terms, rowsOf, lengths);
  for (const { term, chunks } of known) scores.frequencies.set(term, chunks);
  for (const { repeats, matches, chunks } of termsToScore(known)) {
    const weight = repeats * idf(liveChunks, chunks) * (K1 + 1);
    for (const { row, chunks, start, firstOrdinal, format } of matches) {
      visitPostings(row, { chunks, start }, firstOrdinal, (ordinal, count) => {
        const length = (lengths[ordinal] ?? 0) - 1;
        if (length < 0) return;
        const hasFields = format > 1;
        const inText = (hasFields ? countInText(count) : count) / relativeLength(length, averages.text);
        const inTitle =
          hasFields && isInTitle(count)
            ? TITLE_WEIGHT / relativeLength(titleLengths[ordinal] ?? 0, averages.title)
            : 0;
        const inHeadings =
          hasFields && isInHeadings(count)
            ? HEADINGS_WEIGHT / relativeLength(headingLengths[ordinal] ?? 0, averages.headings)
            : 0;
        const occurrences = inText + inTitle + inHeadings;
        const each = weight / (K1 + occurrences);
        const before = scores.byOrdinal[ordinal] ?? 0;
        if (before === 0) scores.matched.push(ordinal);
        scores.byOrdinal[ordinal] = before + each * occurrences;
        if (inTitle > 0) scores.byTitle[ordinal] = (scores.byTitle[ordinal] ?? 0) + each * inTitle;
        if (inHeadings > 0)
          scores.byHeadings[ordinal] = (scores.byHeadings[ordinal] ?? 0) + each * inHeadings;
      });
    }
  }
  return scores;
}

/** 1 for a field of average length. */
const relativeLength = (length: number, average: number): number => 1 - B + (B * length) / average;

/** How much a term says that `chunks` of `liveChunks` hold. */
export function idf(liveChunks: number, chunks: number): number {
  return Math.log(1 + (liveChunks - chunks + 0.5) / (chunks + 0.5));
}

interface KnownTerm {
  term: string;
  repeats: number;
  matches: Match[];
  /** Live ones, at least one. */
  chunks: number;
}

/** The different terms that occur, rarest first, equal ones by text. */
function knownTerms(
  terms: readonly string[],
  rowsOf: (term: string) => readonly RowOfSegment[],
  lengths: Uint32Array,
): KnownTerm[] {
  const repeated = new Map<string, number>();
  for (const term of terms) repeated.set(term, (repeated.get(term) ?? 0) + 1);
  return [...repeated]
    .map(([term, repeats]) => {
      const matches = findTerm(term, rowsOf(term));
      return { term, repeats, matches, chunks: liveChunksOf(matches, lengths) };
    })
    .filter(({ chunks }) => chunks > 0)
    .sort((a, b) => a.chunks - b.chunks || (a.term < b.term ? -1 : 1));
}

/**
 * The first twelve, and more while they are cheap. A long question's frequent words tell little and cost the
 * most, so a large collection leaves them out.
 */
function termsToScore(known: readonly KnownTerm[]): KnownTerm[] {
  let postings = 0;
  return known.filter(({ chunks }, place) => {
    postings += chunks;
    return place < ALWAYS_SCORED_TERMS || postings <= POSTINGS_FOR_FURTHER_TERMS;
  });
}

function findTerm(term: string, rows: readonly RowOfSegment[]): Match[] {
  const wanted = Buffer.from(term);
  const matches: Match[] = [];
  for (const rowOfSegment of rows) {
    for (const entry of rowEntries(rowOfSegment.row)) {
      if (entry.termEnd - entry.termStart !== wanted.length) continue;
      if (wanted.compare(rowOfSegment.row, entry.termStart, entry.termEnd) !== 0) continue;
      matches.push({ ...rowOfSegment, chunks: entry.chunks, start: entry.start });
      break;
    }
  }
  return matches;
}

function liveChunksOf(matches: readonly Match[], lengths: Uint32Array): number {
  let live = 0;
  for (const match of matches) {
    if (!match.hasRemoved) {
      live += match.chunks;
      continue;
    }
    visitPostings(match.row, match, match.firstOrdinal, (ordinal) => {
      if ((lengths[ordinal] ?? 0) > 0) live++;
    });
  }
  return live;
}

/** The `limit` best ordinals, best first; equal scores by ordinal. */
export function best(scores: Scores, limit: number): number[] {
  const { byOrdinal, matched } = scores;
  const score = (ordinal: number): number => byOrdinal[ordinal] ?? 0;
  const before = (a: number, b: number): boolean => score(a) > score(b) || (score(a) === score(b) && a < b);
  const top: number[] = [];
  for (const ordinal of matched) {
    const last = top[limit - 1];
    if (last !== undefined && before(last, ordinal)) continue;
    let place = top.length;
    for (let above = top[place - 1]; above !== undefined && before(ordinal, above); above = top[place - 1]) {
      place--;
    }
    top.splice(place, 0, ordinal);
    if (top.length > limit) top.pop();
  }
  return top;
}
