import { diffArrays } from "diff";

/** A stretch of a line: kept, added or removed. */
export interface Piece {
  kind: "same" | "added" | "removed";
  text: string;
}

/**
 * One row of a comparison: a line that is there before and after, one that was added or removed, lines in which words
 * changed, or a gap, which stands for lines that are the same and far from any change.
 */
export type DiffRow =
  | { kind: "same" | "added" | "removed"; text: string }
  | { kind: "changed"; pieces: Piece[] }
  | { kind: "gap"; lines: number };

export interface TextDiff {
  rows: DiffRow[];
  /** Words, not lines: what a person would say changed. */
  wordsAdded: number;
  wordsRemoved: number;
}

/** Lines around a change that stay in sight. */
const contextLines = 2;
/** Steps after which a comparison by words gives up; the lines are then shown whole. */
const mostWordSteps = 4_000;
/** Share of kept characters under which lines have too little in common to be shown as one. */
const leastInCommon = 0.4;

/** Words as their language has them, spaces and marks: Arabic and French as well as English. */
const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });
const wordsOf = (text: string) => [...segmenter.segment(text)].map(({ segment }) => segment);
const isWord = (text: string) => /[\p{L}\p{N}]/u.test(text);
const countWords = (text: string) => wordsOf(text).filter(isWord).length;

/**
 * What makes `after` of `before`: by lines, and within lines by words. The rows without what was added are exactly
 * `before`, those without what was removed exactly `after`; only gaps leave out lines, which both have.
 */
export function diffTexts(before: string, after: string): TextDiff {
  const rows: DiffRow[] = [];
  const changes = diffArrays(linesOf(before), linesOf(after));
  for (let index = 0; index < changes.length; index++) {
    const change = changes[index];
    if (!change) break;
    const next = changes[index + 1];
    if (change.removed && next?.added) {
      rows.push(...compareLines(change.value, next.value));
      index++;
      continue;
    }
    const kind = change.added ? "added" : change.removed ? "removed" : "same";
    rows.push(...change.value.map((text) => ({ kind, text }) as const));
  }
  const pieces = rows.flatMap(piecesOf);
  const words = (kind: Piece["kind"]) =>
    pieces.reduce((sum, piece) => (piece.kind === kind ? sum + countWords(piece.text) : sum), 0);
  return { rows: withGaps(rows), wordsAdded: words("added"), wordsRemoved: words("removed") };
}

function linesOf(text: string): string[] {
  return text === "" ? [] : text.split("\n");
}

function piecesOf(row: DiffRow): Piece[] {
  if (row.kind === "gap") return [];
  return row.kind === "changed" ? row.pieces : [row];
}

/** Lines that took the place of others: one by one where there are as many, as a whole otherwise. */
function compareLines(before: string[], after: string[]): DiffRow[] {
  const pairs: [string, string][] =
    before.length === after.length
      ? before.map((line, index) => [line, after[index] ?? ""])
      : [[before.join("\n"), after.join("\n")]];
  const rows = pairs.map(([old, now]) => compareWords(old, now));
  if (rows.every((row) => row !== null)) return rows;
  return [
    ...before.map((text) => ({ kind: "removed", text }) as const),
    ...after.map((text) => ({ kind: "added", text }) as const),
  ];
}

/** Null when the texts have too little in common to be read as one. */
function compareWords(before: string, after: string): DiffRow | null {
  const changes = diffArrays(wordsOf(before), wordsOf(after), { maxEditLength: mostWordSteps });
  if (!changes) return null;
  const pieces = changes.map(({ added, removed, value }): Piece => {
    return { kind: added ? "added" : removed ? "removed" : "same", text: value.join("") };
  });
  const kept = pieces.reduce((sum, { kind, text }) => (kind === "same" ? sum + text.length : sum), 0);
  const longest = Math.max(before.length, after.length);
  return kept >= longest * leastInCommon ? { kind: "changed", pieces } : null;
}

/** Puts a gap in the place of lines that are far from every change, where that hides more than one. */
function withGaps(rows: DiffRow[]): DiffRow[] {
  const near = new Set<number>();
  rows.forEach((row, index) => {
    if (row.kind === "same") return;
    for (let at = index - contextLines; at <= index + contextLines; at++) near.add(at);
  });
  const shown: DiffRow[] = [];
  for (let index = 0; index < rows.length; ) {
    let end = index;
    while (end < rows.length && !near.has(end)) end++;
    const row = rows[index];
    if (end - index > 1) {
      shown.push({ kind: "gap", lines: end - index });
      index = end;
    } else if (row) {
      shown.push(row);
      index++;
    }
  }
  return shown;
}
