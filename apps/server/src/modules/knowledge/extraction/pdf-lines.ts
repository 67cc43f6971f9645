import { cleanText } from "./clean.ts";
import type { HeadingLevel } from "./pdf-headings.ts";
import type { PdfLine } from "./pdfium.ts";
import type { Block } from "./types.ts";

/** A paragraph or heading of a page. */
export interface PageBlock {
  kind: Extract<Block["kind"], "heading" | "paragraph">;
  level?: number;
  text: string;
}

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

/** Lines in the form in which text is kept, words whole and accents on their letters. */
export function cleanLines(lines: readonly PdfLine[]): PdfLine[] {
  return lines.map(({ text, fontSize }) => ({
    text: composeAccents(cleanText(text.replace(JOINED_WORD, ""))).trim(),
    fontSize,
  }));
}

/**
 * The lines of every page without running headers and footers: a first or last line that is the same, page numbers
 * apart, on most pages of a document of four pages or more. Pages of a few lines keep them: there they are the text.
 */
export function withoutRunningLines(pages: readonly (readonly PdfLine[])[]): PdfLine[][] {
  const trimmed = pages.map(withoutBlankEdges);
  if (pages.length < MIN_PAGES_FOR_RUNNING_LINES) return trimmed;
  const headers = new Map<string, number>();
  const footers = new Map<string, number>();
  for (const lines of trimmed) {
    count(headers, withoutNumbers(lines[0]));
    count(footers, withoutNumbers(lines.at(-1)));
  }
  const isRunning = (counts: Map<string, number>, line: PdfLine | undefined) =>
    line !== undefined && (counts.get(withoutNumbers(line)) ?? 0) > pages.length * RUNNING_LINE_SHARE;
  return trimmed.map((lines) =>
    lines.length < MIN_LINES_FOR_RUNNING_LINES
      ? lines
      : lines.slice(isRunning(headers, lines[0]) ? 1 : 0, isRunning(footers, lines.at(-1)) ? -1 : undefined),
  );
}

/**
 * Groups the lines of a page into headings and paragraphs. A PDF says nothing of paragraphs, so this is a guess from
 * the shape of the lines: a blank line, a short line that ends a sentence, a bullet, or a short line above a long one.
 */
export function blocksOfPage(lines: readonly PdfLine[], headingLevel: HeadingLevel): PageBlock[] {
  const usual = usualLength(lines);
  const blocks: PageBlock[] = [];
  let open: string[] = [];
  const close = () => {
    if (open.length > 0)
      blocks.push({ kind: "paragraph", text: open.join("\n").replace(SOFT_HYPHEN_AT_LINE_END, "") });
    open = [];
  };
  for (const [index, line] of lines.entries()) {
    const level = headingLevel(line);
    if (level !== null) {
      close();
      addHeading(blocks, line.text, level, index > 0 && headingLevel(lines[index - 1] ?? line) === level);
      continue;
    }
    if (line.text === "" || BULLET.test(line.text)) close();
    if (line.text !== "") open.push(line.text);
    const isShort = line.text.length < usual * SHORT_LINE;
    const opensSection = open.length === 1 && standsAbove(line, lines[index + 1], usual);
    if (isShort && (SENTENCE_END.test(line.text) || opensSection)) close();
  }
  close();
  return blocks;
}

/** A heading of several lines is one. */
function addHeading(blocks: PageBlock[], text: string, level: number, continues: boolean): void {
  const last = blocks.at(-1);
  if (continues && last?.kind === "heading") last.text = `${last.text} ${text}`;
  else blocks.push({ kind: "heading", level, text });
}

/** Whether a short line looks like the heading of the line that follows. */
function standsAbove(line: PdfLine, next: PdfLine | undefined, usual: number): boolean {
  if (!next || next.text.length < usual * SHORT_LINE) return false;
  return /^[\p{Lu}\p{Lo}\p{N}]/u.test(line.text) && /^[\p{Lu}\p{Lo}\p{P}]/u.test(next.text);
}

function withoutBlankEdges(lines: readonly PdfLine[]): PdfLine[] {
  const first = lines.findIndex(({ text }) => text !== "");
  const last = lines.findLastIndex(({ text }) => text !== "");
  return first === -1 ? [] : lines.slice(first, last + 1);
}

function composeAccents(text: string): string {
  return text.replace(/([¨´ˆ˜ˇ])(\p{L})/gu, (_, accent: string, letter: string) => {
    const base = letter === "ı" ? "i" : letter;
    const composed = (base + (COMBINING[accent] ?? "")).normalize("NFC");
    return [...composed].length === 1 ? composed : accent + letter;
  });
}

/** The length that only the longest fifth of the lines reaches. */
function usualLength(lines: readonly PdfLine[]): number {
  const lengths = lines.map(({ text }) => text.length).sort((a, b) => a - b);
  return lengths[Math.floor(lengths.length * 0.8)] ?? 0;
}

function withoutNumbers(line: PdfLine | undefined): string {
  return (line?.text ?? "").replace(/\d+/g, "#");
}

function count(counts: Map<string, number>, line: string): void {
  if (line !== "") counts.set(line, (counts.get(line) ?? 0) + 1);
}
