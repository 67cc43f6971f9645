import { cleanText } from "./clean.ts";
import type { ParsedText } from "./parsed-text.ts";
import type { Block } from "./types.ts";

/** Plain text stays as it is; paragraphs are what blank lines separate. */
export function parsePlainText(source: string): ParsedText {
  const text = cleanText(source);
  return { title: null, text, pages: [], blocks: paragraphsOf(text) };
}

function paragraphsOf(text: string): Block[] {
  const blocks: Block[] = [];
  let start = 0;
  let open: Block | null = null;
  while (start < text.length) {
    const feed = text.indexOf("\n", start);
    const end = feed === -1 ? text.length : feed;
    if (text.slice(start, end).trim() === "") open = null;
    else if (open) open.end = end;
    else {
      open = { kind: "paragraph", start, end };
      blocks.push(open);
    }
    start = end + 1;
  }
  return blocks;
}
