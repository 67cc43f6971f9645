import { cleanText } from "./clean.ts";

/** PDFium writes this in place of a hyphen and a line end inside a word. */
const JOINED_WORD = /\ufffe/g;
const SOFT_HYPHEN_AT_LINE_END = /\u00ad\s*\n\s*/g;
/** Accents that old LaTeX fonts print before their letter, with the accents that combine. */
const COMBINING: Readonly<Record<string, string>> = {
  "¨": "\u0308",
  "´": "\u0301",
  ˆ: "\u0302",
  "˜": "\u0303",
  ˇ: "\u030c",
};
const SENTENCE_END = /[.!?…:؟。]["'”»)\]]*$/u;
const BULLET = /^(?:[•▪◦●‣–—*-]|\(?\d{1,3}[.)]|\(?[a-z]\))\s/iu;
const MIN_PAGES_FOR_RUNNING_LINES = 4;
const MIN_LINES_FOR_RUNNING_LINES = 4;
const RUNNING_LINE_SHARE = 0.6;
const SHORT_LINE = 0.8;

/**
 * The lines of every page without running headers and footers: a first or last line that is the same, page numbers
 * apart, on most pages of a document of four pages or more. Pages of a few lines keep them: there they are the text.
 */
export function withoutRunningLines(pageTexts: readonly string[]): string[][] {
  const pages = pageTexts.map(linesOfPage);
  if (pages.length < MIN_PAGES_FOR_RUNNING_LINES) return pages;
  const headers = new Map<string, number>();
  const footers = new Map<string, number>();
  for (const lines of pages) {
    count(headers, withoutNumbers(lines[0]));
    count(footers, withoutNumbers(lines.at(-1)));
  }
  const isRunning = (counts: Map<string, number>, line: string | undefined) =>
    line !== undefined && (counts.get(withoutNumbers(line)) ?? 0) > pages.length * RUNNING_LINE_SHARE;
  return pages.map((lines) =>
    lines.length < MIN_LINES_FOR_RUNNING_LINES
      ? lines
      : lines.slice(isRunning(headers, lines[0]) ? 1 : 0, isRunning(footers, lines.at(-1)) ? -1 : undefined),
  );
}

/**
 * Groups the lines of a page into paragraphs. A PDF says nothing of paragraphs, so this is a guess from the shape
 * of the lines: a blank line, a short line that ends a sentence, a bullet, or a short line above a long one
 * (a heading).
 */
export function paragraphsOfPage(lines: readonly string[]): string[] {
  const usual = usualLength(lines);
  const paragraphs: string[] = [];
  let open: string[] = [];
  const close = () => {
    if (open.length > 0) paragraphs.push(open.join("\n"));
    open = [];
  };
  for (const [index, line] of lines.entries()) {
    if (line === "" || BULLET.test(line)) close();
    if (line !== "") open.push(line);
    const isShort = line.length < usual * SHORT_LINE;
    if (isShort && (SENTENCE_END.test(line) || isHeading(line, open.length, lines[index + 1], usual)))
      close();
  }
  close();
  return paragraphs;
}

function isHeading(line: string, linesInParagraph: number, next: string | undefined, usual: number): boolean {
  if (linesInParagraph !== 1 || next === undefined) return false;
  return (
    next.length >= usual * SHORT_LINE &&
    /^[\p{Lu}\p{Lo}\p{N}]/u.test(line) &&
    /^[\p{Lu}\p{Lo}\p{P}]/u.test(next)
  );
}

function linesOfPage(text: string): string[] {
  const joined = cleanText(
    text.replace(/\r\n?/g, "\n").replace(JOINED_WORD, "").replace(SOFT_HYPHEN_AT_LINE_END, ""),
  );
  return composeAccents(joined)
    .trim()
    .split("\n")
    .map((line) => line.trim());
}

function composeAccents(text: string): string {
  return text.replace(/([¨´ˆ˜ˇ])(\p{L})/gu, (_, accent: string, letter: string) => {
    const base = letter === "ı" ? "i" : letter;
    const composed = (base + (COMBINING[accent] ?? "")).normalize("NFC");
    return [...composed].length === 1 ? composed : accent + letter;
  });
}

/** The length that only the longest fifth of the lines reaches. */
function usualLength(lines: readonly string[]): number {
  const lengths = lines.map((line) => line.length).sort((a, b) => a - b);
  return lengths[Math.floor(lengths.length * 0.8)] ?? 0;
}

function withoutNumbers(line: string | undefined): string {
  return (line ?? "").replace(/\d+/g, "#");
}

function count(counts: Map<string, number>, line: string): void {
  if (line !== "") counts.set(line, (counts.get(line) ?? 0) + 1);
}
