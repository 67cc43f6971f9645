/**
 * A document's text cut for reading: into blocks (paragraphs) that can be rendered a few at a time, and
 * each block into pieces at the edges of the highlighted passages. Offsets count UTF-16 code units of the
 * whole text, as citations do; cutting loses no character.
 */

/** A passage, from `start` up to but not including `end`. */
export interface Span {
  start: number;
  end: number;
}

export interface Block extends Span {
  /** The number of the page that begins with this block. */
  page: number | null;
}

export interface Piece {
  start: number;
  text: string;
  /** The place in `spans` of the passage that covers this piece. */
  span: number | null;
}

/** Blocks `from` up to but not including `to`. */
export interface Window {
  from: number;
  to: number;
}

/** Text without empty lines (tables, logs) is cut at the line end after this many characters. */
const longBlock = 1_500;

/** Paragraphs, each with the empty lines that follow it; a page always begins a new block. */
export function blocksOf(text: string, pages: readonly { number: number; start: number }[]): Block[] {
  const pageAt = new Map(pages.map((page) => [page.start, page.number]));
  const cuts = new Set<number>([0, ...pages.map((page) => page.start)]);
  for (const gap of text.matchAll(/\n[^\S\n]*\n\s*/g)) cuts.add(gap.index + gap[0].length);
  const starts = [...cuts].filter((cut) => cut < text.length).sort((a, b) => a - b);
  return starts.flatMap((start, index) =>
    linesOf(text, { start, end: starts[index + 1] ?? text.length }).map((span) => ({
      ...span,
      page: pageAt.get(span.start) ?? null,
    })),
  );
}

function linesOf(text: string, span: Span): Span[] {
  const spans: Span[] = [];
  let start = span.start;
  while (span.end - start > longBlock) {
    const lineEnd = text.indexOf("\n", start + longBlock);
    if (lineEnd < 0 || lineEnd + 1 >= span.end) break;
    spans.push({ start, end: lineEnd + 1 });
    start = lineEnd + 1;
  }
  spans.push({ start, end: span.end });
  return spans;
}

/** A block's text in order, cut where a passage begins or ends. Where passages overlap, the first given wins. */
export function piecesOf(text: string, block: Span, spans: readonly Span[]): Piece[] {
  const edges = new Set([block.start, block.end]);
  for (const span of spans) {
    if (!overlap(block, span)) continue;
    edges.add(Math.max(span.start, block.start));
    edges.add(Math.min(span.end, block.end));
  }
  const cuts = [...edges].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((start, index) => {
    const end = cuts[index + 1] ?? block.end;
    const found = spans.findIndex((span) => span.start <= start && end <= span.end);
    return { start, text: text.slice(start, end), span: found < 0 ? null : found };
  });
}

/** The blocks of a passage with about `reach` characters on both sides; of the beginning when there is none. */
export function windowAround(blocks: readonly Block[], span: Span | null, reach: number): Window {
  const target = span ?? { start: 0, end: 1 };
  const first = blocks.findIndex((block) => overlap(block, target));
  if (first < 0) return span === null ? { from: 0, to: 0 } : windowAround(blocks, null, reach);
  const from = blocks.findIndex((block) => block.end > target.start - reach);
  const after = blocks.findIndex((block) => block.start >= target.end + reach);
  return { from: Math.max(0, from), to: after < 0 ? blocks.length : after };
}

/** `window` with about `reach` more characters before it. */
export function growBack(blocks: readonly Block[], window: Window, reach: number): Window {
  const edge = blocks[window.from]?.start ?? 0;
  const from = blocks.findIndex((block) => block.end > edge - reach);
  return { ...window, from: Math.max(0, Math.min(from, window.from)) };
}

/** `window` with about `reach` more characters after it. */
export function growForward(blocks: readonly Block[], window: Window, reach: number): Window {
  const edge = blocks[window.to - 1]?.end ?? 0;
  const to = blocks.findIndex((block) => block.start >= edge + reach);
  return { ...window, to: to < 0 ? blocks.length : Math.max(to, window.to) };
}

/** Whether the whole passage is in the window, so that it can be scrolled to. */
export function isInside(blocks: readonly Block[], window: Window, span: Span): boolean {
  const first = blocks[window.from];
  const last = blocks[window.to - 1];
  return first !== undefined && last !== undefined && first.start <= span.start && span.end <= last.end;
}

/** Passages in reading order, without those that are empty, outside the text, or given twice. */
export function cleanSpans(spans: readonly Span[], length: number): Span[] {
  const seen = new Set<string>();
  return spans
    .map(({ start, end }) => ({ start: Math.max(0, start), end: Math.min(end, length) }))
    .filter(({ start, end }) => {
      const key = `${start}:${end}`;
      const fresh = start < end && !seen.has(key);
      seen.add(key);
      return fresh;
    })
    .sort((a, b) => a.start - b.start || a.end - b.end);
}

function overlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end;
}
