import * as gfm from "@joplin/turndown-plugin-gfm";
import TurndownService from "turndown";

const HEADINGS = "h1,h2,h3,h4,h5,h6";
const BLOCKS_IN_ONE_LINE = "p,div,br,li,tr,td,th,h1,h2,h3,h4,h5,h6,pre,blockquote";

const service = new TurndownService({
  headingStyle: "atx",
  codeBlockStyle: "fenced",
  bulletListMarker: "-",
  emDelimiter: "*",
});
service.use(gfm.gfm);
service.remove(["script", "style", "noscript", "template", "iframe", "video", "audio"]);
service.addRule("no images", { filter: ["img", "picture"], replacement: () => "" });
// The text is searched and quoted, so `snake_case` must stay one word: only what would change the structure of a
// line is escaped.
service.escape = (text) => text.replace(/^(#{1,6} |>|```|~~~)/, "\\$1");
// A link that leads nowhere without its page (relative, fragment, script) keeps its words and loses its target.
service.addRule("unresolvable link", {
  filter: (node) =>
    node.nodeName === "A" && !/^(?:https?:|mailto:|tel:)/i.test(node.getAttribute("href") ?? ""),
  replacement: (content) => content,
});

/**
 * Markdown of the content of an element. The element is changed on the way. Images are left out.
 *
 * Tables become Markdown tables with their first row as the header; the cells hold plain text in one line.
 */
export function htmlToMarkdown(root: Element): string {
  const tables = [...root.querySelectorAll("table")];
  for (const table of tables) {
    if (table.querySelector("table")) unwrapLayoutTable(table);
  }
  for (const table of root.querySelectorAll("table")) simplifyTable(table);
  for (const heading of root.querySelectorAll(HEADINGS)) toOneLine(heading);
  return service.turndown(root.innerHTML);
}

/** A table that holds tables places things on a page; it does not relate them. Its parts become plain boxes. */
function unwrapLayoutTable(table: Element): void {
  const parts = [table, ...table.querySelectorAll("caption,colgroup,thead,tbody,tfoot,tr,td,th")];
  const own = parts.filter((part) => part.closest("table") === table);
  for (const part of own) {
    const box = table.ownerDocument.createElement("div");
    box.append(...part.childNodes);
    part.replaceWith(box);
  }
}

function simplifyTable(table: Element): void {
  for (const cell of table.querySelectorAll("td,th")) toOneLine(cell);
  if ((table.textContent ?? "").trim() === "") {
    table.remove();
    return;
  }
  if (table.querySelector("th")) return;
  const document = table.ownerDocument;
  for (const cell of table.querySelector("tr")?.querySelectorAll("td") ?? []) {
    const header = document.createElement("th");
    header.textContent = cell.textContent;
    cell.replaceWith(header);
  }
}

/** Markdown has one line for a heading or a cell: its blocks become plain text with spaces between them. */
function toOneLine(element: Element): void {
  for (const block of element.querySelectorAll(BLOCKS_IN_ONE_LINE)) block.before(" ");
  element.textContent = (element.textContent ?? "").replace(/\s+/g, " ").trim();
}
