import { cleanText } from "./clean.ts";
import { assertShallowMarkdown } from "./guards.ts";
import { markdownBlocks, markdownTitle } from "./markdown-blocks.ts";
import type { ParsedText } from "./parsed-text.ts";

/** Markdown stays as it is written. */
export function parseMarkdown(source: string): ParsedText {
  const text = cleanText(source);
  assertShallowMarkdown(text);
  const blocks = markdownBlocks(text);
  return { title: markdownTitle(text, blocks), text, pages: [], blocks };
}
