import type { Atom } from "./chunk-atoms.ts";
import { atomsOf } from "./chunk-atoms.ts";
import type { Section } from "./chunk-sections.ts";
import { groupSections, sectionsOf } from "./chunk-sections.ts";
import type { Block, Extraction, PageStart } from "./types.ts";

export interface ChunkOptions {
  /** Characters of text that a chunk aims at: 200 to 4,000. */
  chunkSize: number;
  /** Characters of the chunk before that are repeated, in whole sentences: 0 to half of the chunk size. */
  overlap: number;
}

/** What a chunk is when nobody chooses. */
export const DEFAULT_CHUNK_OPTIONS: ChunkOptions = { chunkSize: 1000, overlap: 150 };

/** A piece of a document that is indexed and quoted as one. */
export interface ChunkDraft {
  /** 0, 1, 2 … in the order of the text. */
  position: number;
  /** Exactly `extraction.text.slice(start, end)`. */
  text: string;
  start: number;
  end: number;
  /** The headings that the text stands under, outermost first, without Markdown's marks. */
  headingPath: string[];
  /** The page on which it starts, or null when the document has no pages. */
  page: number | null;
}

const MIN_CHUNK_SIZE = 200;
const MAX_CHUNK_SIZE = 4000;
/** A last chunk below this share of the chunk size joins the one before, which may then exceed it by as much. */
const SMALL_TAIL = 0.25;

/**
 * Cuts a document into chunks along its structure.
 *
 * Guaranteed: every visible character is in at least one chunk; starts and ends both increase strictly with the
 * position; no sentence, table row, record or code fence is cut unless it is longer than twice the chunk size; a
 * row of a table or a record of JSON shares its chunks with nothing else.
 *
 * @throws {RangeError} when an option is outside of its range
 */
export function chunk(extraction: Extraction, options: ChunkOptions): ChunkDraft[] {
  assertOptions(options);
  const { text } = extraction;
  const isData = extraction.format === "csv" || extraction.format === "json";
  const sections = sectionsOf(text, withGapsFilled(text, extraction.blocks), isData, (block) =>
    atomsOf(text, block, options.chunkSize),
  );
  const pageAt = pageFinder(extraction.pages);
  return groupSections(sections, options.chunkSize)
    .flatMap((section) => pack(section, options))
    .map(({ start, end, path }, position) => ({
      position,
      text: text.slice(start, end),
      start,
      end,
      headingPath: path,
      page: pageAt(start),
    }));
}

interface PackedChunk {
  start: number;
  end: number;
  path: string[];
}

/** Fills chunks with the atoms of one section, in order. */
function pack({ atoms, path }: Section, { chunkSize, overlap }: ChunkOptions): PackedChunk[] {
  const chunks: { first: number; fresh: number; next: number }[] = [];
  let first = 0; // where the chunk starts, repeated sentences included
  let fresh = 0; // the first atom that no chunk has yet
  while (fresh < atoms.length) {
    const next = fill(atoms, first, fresh, chunkSize);
    chunks.push({ first, fresh, next });
    first = overlapStart(atoms, first, next, chunkSize, overlap);
    fresh = next;
  }
  joinSmallTail(atoms, chunks, chunkSize);
  return chunks.flatMap(({ first, next }) => {
    const head = atoms[first];
    const last = atoms[next - 1];
    return head && last ? [{ start: head.start, end: last.end, path }] : [];
  });
}

/** The index of the first atom that no longer belongs into the chunk. At least one fresh atom always does. */
function fill(atoms: readonly Atom[], first: number, fresh: number, chunkSize: number): number {
  const start = atoms[first]?.start ?? 0;
  let next = fresh + 1;
  for (let atom = atoms[next]; atom; atom = atoms[++next]) {
    const before = atoms[next - 1];
    if (!before) break;
    if (before.isHeading) continue; // a heading never stands alone at the end of a chunk
    if (atom.end - start > chunkSize) break;
    // Better a chunk that is half full than one that ends inside a block which fits whole into the next.
    const opensBlock = atom.blockEnd !== before.blockEnd;
    if (opensBlock && atom.blockEnd - start > chunkSize && before.end - start >= chunkSize / 2) break;
  }
  return next;
}

/** Goes back over whole sentences, as far as `overlap` allows and the next fresh atom still fits. */
function overlapStart(
  atoms: readonly Atom[],
  first: number,
  next: number,
  chunkSize: number,
  overlap: number,
): number {
  const fresh = atoms[next];
  if (!fresh) return next;
  let start = next;
  for (let candidate = next - 1; candidate > first; candidate--) {
    const atom = atoms[candidate];
    if (!atom?.isSentence) break;
    if (fresh.start - atom.start > overlap || fresh.end - atom.start > chunkSize) break;
    start = candidate;
  }
  return start;
}

function joinSmallTail(
  atoms: readonly Atom[],
  chunks: { first: number; fresh: number; next: number }[],
  chunkSize: number,
): void {
  const tail = chunks.at(-1);
  const before = chunks.at(-2);
  if (!tail || !before) return;
  const end = atoms[tail.next - 1]?.end ?? 0;
  const tailSize = end - (atoms[tail.fresh]?.start ?? 0);
  const joinedSize = end - (atoms[before.first]?.start ?? 0);
  if (tailSize >= chunkSize * SMALL_TAIL || joinedSize > chunkSize * (1 + SMALL_TAIL)) return;
  before.next = tail.next;
  chunks.pop();
}

/** Text that no block covers becomes paragraphs, so that nothing can be lost. */
function withGapsFilled(text: string, blocks: readonly Block[]): Block[] {
  const filled: Block[] = [];
  let covered = 0;
  const fill = (until: number) => {
    if (until > covered && /\S/.test(text.slice(covered, until))) {
      filled.push({ kind: "paragraph", start: covered, end: until });
    }
  };
  for (const block of blocks) {
    fill(block.start);
    filled.push(block);
    covered = block.end;
  }
  fill(text.length);
  return filled;
}

/** Finds the page of ever greater offsets. */
function pageFinder(pages: readonly PageStart[]): (offset: number) => number | null {
  let index = 0;
  return (offset) => {
    while ((pages[index + 1]?.start ?? Number.POSITIVE_INFINITY) <= offset) index++;
    return pages[index]?.number ?? null;
  };
}

function assertOptions({ chunkSize, overlap }: ChunkOptions): void {
  if (!(chunkSize >= MIN_CHUNK_SIZE && chunkSize <= MAX_CHUNK_SIZE)) {
    throw new RangeError(
      `chunkSize is ${chunkSize}; it must be from ${MIN_CHUNK_SIZE} to ${MAX_CHUNK_SIZE} characters.`,
    );
  }
  if (!(overlap >= 0 && overlap <= chunkSize / 2)) {
    throw new RangeError(
      `overlap is ${overlap}; it must be from 0 to half of the chunk size (${chunkSize / 2}).`,
    );
  }
}
