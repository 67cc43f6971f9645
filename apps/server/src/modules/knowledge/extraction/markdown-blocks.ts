import type { Block } from "./types.ts";

const FENCE = /^\s*(`{3,}|~{3,})/;
const HEADING = /^ {0,3}(#{1,6})(?:[ \t]|$)/;
const UNDERLINE = /^ {0,3}(?:=+|-+)[ \t]*$/;
const RULE = /^ {0,3}(?:-[ \t]*){3,}$|^ {0,3}(?:\*[ \t]*){3,}$|^ {0,3}(?:_[ \t]*){3,}$/;
const LIST_ITEM = /^\s*(?:[-*+]|\d{1,9}[.)])\s/;
const TABLE_RULE = /^[|:\- \t]+$/;
const INDENTED = /^(?: {2}|\t)/;

interface Line {
  text: string;
  start: number;
  end: number;
}

/**
 * The top-level blocks of a Markdown text, with exact offsets.
 *
 * A line scanner and not a parser, on purpose: chunks need only the outer structure, its offsets must be exact,
 * and it takes linear time on every input, however deep or broken. Text that is not covered by a block does not
 * exist, blank lines apart.
 */
export function markdownBlocks(text: string): Block[] {
  const lines = linesOf(text);
  const blocks: Block[] = [];
  let index = 0;

  /** Closes a block that began at line `from` and ends before line `index`. */
  const push = (kind: Block["kind"], from: number, level?: number) => {
    const first = lines[from];
    const last = lines[index - 1];
    if (!first || !last) return;
    blocks.push({ kind, ...(level === undefined ? {} : { level }), start: first.start, end: last.end });
  };

  const frontMatter = frontMatterLines(lines);
  if (frontMatter > 0) {
    index = frontMatter;
    push("record", 0);
  }

  while (index < lines.length) {
    const from = index;
    const line = lines[index++];
    if (!line || isBlank(line)) continue;
    const fence = FENCE.exec(line.text)?.[1];
    const heading = HEADING.exec(line.text)?.[1];
    if (fence) {
      while (index < lines.length && !closesFence(lines[index], fence)) index++;
      index = Math.min(index + 1, lines.length);
      push("code", from);
    } else if (heading) {
      push("heading", from, heading.length);
    } else if (RULE.test(line.text)) {
      push("paragraph", from);
    } else if (startsTable(line, lines[index])) {
      while (index < lines.length && lines[index]?.text.includes("|")) index++;
      push("table", from);
    } else if (LIST_ITEM.test(line.text)) {
      while (index < lines.length && continuesList(lines, index)) index++;
      while (index > from + 1 && isBlank(lines[index - 1])) index--;
      push("list", from);
    } else {
      while (index < lines.length && continuesParagraph(lines, index)) index++;
      const next = lines[index];
      if (index === from + 1 && next && UNDERLINE.test(next.text)) {
        index++;
        push("heading", from, next.text.includes("=") ? 1 : 2);
      } else push("paragraph", from);
    }
  }
  return blocks;
}

/** The words of a heading without Markdown's marks. */
export function headingText(source: string): string {
  const firstLine = (source.split("\n", 1)[0] ?? "").slice(0, 500);
  return firstLine
    .replace(/^\s*#{1,6}\s*/, "")
    .replace(/\s#+\s*$/, "")
    .replace(/\{#[^{}]*\}/g, "")
    .replace(/<[^<>]*>/g, "")
    .replace(/!?\[([^[\]]*)\]\([^()]*\)/g, "$1")
    .replace(/(\*\*|__|~~|`)/g, "")
    .replace(/(^|\s)[*_](\S[^*_]*)[*_](?=\s|[.,:;!?]|$)/g, "$1$2")
    .replace(/\\([!-/:-@[-`{-~])/g, "$1")
    .trim();
}

/** The title of a Markdown text: `title:` of its front matter, else the first of its highest headings. */
export function markdownTitle(text: string, blocks: readonly Block[]): string | null {
  const first = blocks[0];
  if (first?.kind === "record") {
    const title = /^title:[ \t]*(.+)$/m.exec(text.slice(first.start, first.end))?.[1]?.trim();
    const unquoted = title?.replace(/^(["'])(.*)\1$/, "$2").trim();
    if (unquoted) return unquoted;
  }
  const levels = blocks.map((block) => block.level ?? Number.POSITIVE_INFINITY);
  const highest = levels.reduce((least, level) => Math.min(least, level), Number.POSITIVE_INFINITY);
  const heading = blocks.find((block) => block.level === highest);
  return heading ? headingText(text.slice(heading.start, heading.end)) || null : null;
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let start = 0;
  while (start < text.length) {
    const feed = text.indexOf("\n", start);
    const end = feed === -1 ? text.length : feed;
    lines.push({ text: text.slice(start, end), start, end });
    start = end + 1;
  }
  return lines;
}

/** How many lines the `---` fenced front matter takes, 0 when there is none. */
function frontMatterLines(lines: readonly Line[]): number {
  if (lines[0]?.text.trimEnd() !== "---") return 0;
  const close = lines.findIndex((line, index) => index > 0 && line.text.trimEnd() === "---");
  const names = lines.slice(1, Math.max(close, 1)).some((line) => /^[\w-]+:/.test(line.text));
  return close > 0 && names ? close + 1 : 0;
}

function isBlank(line: Line | undefined): boolean {
  return !line || line.text.trim() === "";
}

function closesFence(line: Line | undefined, fence: string): boolean {
  const trimmed = line?.text.trim() ?? "";
  return trimmed.length >= fence.length && trimmed === (fence[0] ?? "").repeat(trimmed.length);
}

function startsTable(line: Line, next: Line | undefined): boolean {
  if (!next || !line.text.includes("|")) return false;
  return TABLE_RULE.test(next.text) && next.text.includes("|") && next.text.includes("-");
}

/** A new block of another kind begins here, blank line or not. */
function interrupts(lines: readonly Line[], index: number): boolean {
  const line = lines[index];
  if (!line) return true;
  return FENCE.test(line.text) || HEADING.test(line.text) || startsTable(line, lines[index + 1]);
}

function continuesParagraph(lines: readonly Line[], index: number): boolean {
  const line = lines[index];
  if (!line || isBlank(line) || interrupts(lines, index)) return false;
  return !LIST_ITEM.test(line.text) && !UNDERLINE.test(line.text) && !RULE.test(line.text);
}

function continuesList(lines: readonly Line[], index: number): boolean {
  const line = lines[index];
  if (!line || interrupts(lines, index) || RULE.test(line.text)) return false;
  if (!isBlank(line)) {
    if (!isBlank(lines[index - 1])) return true; // a following line of the same item
    return LIST_ITEM.test(line.text) || INDENTED.test(line.text);
  }
  const next = lines[index + 1];
  return !isBlank(next) && next !== undefined && (LIST_ITEM.test(next.text) || INDENTED.test(next.text));
}
