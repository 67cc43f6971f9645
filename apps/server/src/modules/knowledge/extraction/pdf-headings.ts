import type { PdfLine } from "./pdfium.ts";

/** How much larger than the text a heading is set. */
const LARGER = 1.12;
const MAX_LEVELS = 4;
const MAX_HEADING_LENGTH = 150;
/** When more of a document than this is large, the large text is the text: a poster, slides, a form. */
const MAX_SHARE = 0.2;

/** The level of the heading that a line is, counted from 1, or null when it is none. */
export type HeadingLevel = (line: PdfLine) => number | null;

/**
 * Finds headings by their size, for a PDF does not name them: the size in which most characters are set is the
 * text, larger sizes are headings, the largest of them the highest.
 */
export function headingLevels(pages: readonly (readonly PdfLine[])[]): HeadingLevel {
  const characters = new Map<number, number>();
  let total = 0;
  for (const line of pages.flat()) {
    const size = rounded(line);
    characters.set(size, (characters.get(size) ?? 0) + line.text.length);
    total += line.text.length;
  }
  const textSize = [...characters].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 0;
  const mayBeHeading = (line: PdfLine) =>
    rounded(line) >= textSize * LARGER &&
    line.text.length <= MAX_HEADING_LENGTH &&
    /\p{L}{2}/u.test(line.text);
  const large = pages.flat().filter(mayBeHeading);
  const share = large.reduce((sum, { text }) => sum + text.length, 0) / Math.max(1, total);
  if (share > MAX_SHARE) return () => null;
  const sizes = [...new Set(large.map(rounded))].sort((a, b) => b - a);
  return (line) => (mayBeHeading(line) ? Math.min(sizes.indexOf(rounded(line)) + 1, MAX_LEVELS) : null);
}

/** Half points: producers round differently from line to line. */
function rounded({ fontSize }: PdfLine): number {
  return Math.round(fontSize * 2) / 2;
}
