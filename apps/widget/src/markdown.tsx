import type { ComponentChildren, VNode } from "preact";

/** Renders the citation mark `[number]`; undefined when the answer has no such source. */
export type Cite = (number: number) => VNode | undefined;

/**
 * A safe subset of Markdown as nodes: paragraphs, headings, lists, quotes, code, emphasis, links. There
 * is no path from the text to HTML: what is not recognised is shown as it was written. Links open
 * http, https and mailto only; images become links and are never loaded. Line breaks stay in the text:
 * the style sheet shows them.
 */
export function Markdown({ text, cite }: { text: string; cite: Cite }) {
  return <>{blocks(text.replace(/\r\n?/g, "\n").split("\n"), cite)}</>;
}

const FENCE = /^ {0,3}```[^`]*$/;
const HEADING = /^ {0,3}#{1,6}\s+(.*)$/;
const QUOTE = /^ {0,3}>[> ]*/;
const BULLET = /^\s*[-*+]\s+/;
const NUMBERED = /^\s*(\d{1,9})[.)]\s+/;

function blocks(lines: string[], cite: Cite): VNode[] {
  const out: VNode[] = [];
  let at = 0;
  /** Takes lines while they pass. */
  const take = (passes: (line: string) => boolean): string[] => {
    const from = at;
    while (at < lines.length && passes(lines[at] ?? "")) at++;
    return lines.slice(from, at);
  };
  while (at < lines.length) {
    const line = lines[at] ?? "";
    const fence = FENCE.test(line);
    const heading = HEADING.exec(line);
    const marker = [BULLET, NUMBERED].find((one) => one.test(line));
    if (!line.trim()) at++;
    else if (fence) {
      at++;
      const code = take((next) => !FENCE.test(next)).join("\n");
      at++;
      out.push(
        <pre dir="ltr">
          <code>{code}</code>
        </pre>,
      );
    } else if (heading) {
      at++;
      out.push(
        <p>
          <strong>{inline(heading[1] ?? "", cite)}</strong>
        </p>,
      );
    } else if (QUOTE.test(line)) {
      const quote = take((next) => QUOTE.test(next)).map((next) => next.replace(QUOTE, ""));
      out.push(<blockquote>{inline(quote.join("\n"), cite)}</blockquote>);
    } else if (marker) {
      const list = items(
        take((next) => marker.test(next) || /^\s{2,}\S/.test(next)),
        marker,
        cite,
      );
      out.push(marker === BULLET ? <ul>{list}</ul> : <ol start={Number.parseInt(line, 10)}>{list}</ol>);
    } else {
      at++;
      out.push(<p>{inline([line, ...take(isPlain)].join("\n"), cite)}</p>);
    }
  }
  return out;
}

function isPlain(line: string): boolean {
  return line.trim() !== "" && ![FENCE, HEADING, QUOTE, BULLET, NUMBERED].some((is) => is.test(line));
}

/** A list's items; lines without a marker continue the one before. */
function items(lines: string[], marker: RegExp, cite: Cite): VNode[] {
  const texts: string[] = [];
  for (const line of lines) {
    if (marker.test(line)) texts.push(line.replace(marker, ""));
    else texts.push(`${texts.pop()}\n${line.trim()}`);
  }
  return texts.map((text) => <li>{inline(text, cite)}</li>);
}

// Each alternative stops at its own delimiter, so that a hostile text costs linear time.
const INLINE =
  /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*|!?\[([^[\]]+)\]\(([^()\s]+)\)|\[(\d{1,3})\]|(https?:\/\/[^\s<>"'`[\]*]+[^\s<>"'`[\]*.,;:!?)])/g;

function inline(text: string, cite: Cite): ComponentChildren[] {
  const out: ComponentChildren[] = [];
  let from = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, code, strong, emphasis, label, href, number, bare] = match;
    let node: VNode | undefined;
    if (code) node = <code dir="ltr">{code}</code>;
    else if (strong) node = <strong>{inline(strong, cite)}</strong>;
    else if (emphasis) node = <em>{inline(emphasis, cite)}</em>;
    else if (number) node = cite(Number(number));
    else node = link(label ?? bare ?? "", href ?? bare ?? "");
    if (!node) continue;
    out.push(text.slice(from, match.index), node);
    from = match.index + whole.length;
  }
  out.push(text.slice(from));
  return out;
}

/** A link to another site, or undefined when its address is not one that may be opened. */
function link(label: string, href: string): VNode | undefined {
  const url = safeUrl(href);
  return url ? (
    <a href={url} target="_blank" rel="noopener noreferrer nofollow">
      {label}
    </a>
  ) : undefined;
}

/** The address when it is absolute and http, https or mailto. The parser, not a pattern, decides. */
export function safeUrl(href: string): string | undefined {
  if (!URL.canParse(href)) return undefined;
  const url = new URL(href);
  return ["http:", "https:", "mailto:"].includes(url.protocol) ? url.href : undefined;
}
