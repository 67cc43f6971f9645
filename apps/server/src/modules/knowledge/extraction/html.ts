import { Readability } from "@mozilla/readability";
import { parseHTML } from "linkedom";
import { cleanText } from "./clean.ts";
import { assertShallowHtml } from "./guards.ts";
import { htmlToMarkdown } from "./html-to-markdown.ts";
import { markdownBlocks } from "./markdown-blocks.ts";
import type { ParsedText } from "./parsed-text.ts";

const NOT_CONTENT =
  "script,style,noscript,template,iframe,object,svg,nav,dialog,button,select,input,textarea,[hidden]";
/**
 * A find below both figures is a guess, and the whole page is taken instead. The length is the one that Readability
 * itself tries to reach; a longer article is right even on a page that is mostly comments and teasers.
 */
const MIN_ARTICLE_SHARE = 0.25;
const MIN_ARTICLE_LENGTH = 500;

/**
 * The main content of a web page as Markdown; the whole page without its navigation where no main content stands
 * out, as on short help pages.
 *
 * @throws {ExtractionError} TOO_COMPLEX when nested too deep or made of too many elements
 */
export function parseHtml(source: string): ParsedText {
  assertShallowHtml(source);
  const page = documentOf(source);
  for (const element of page.querySelectorAll(NOT_CONTENT)) element.remove();
  const pageTitle = tidy(page.querySelector("title")?.textContent);
  const article = new Readability(documentOf(source)).parse();
  const found = tidy(article?.textContent);
  const enough = Math.min(MIN_ARTICLE_LENGTH, tidy(page.body.textContent).length * MIN_ARTICLE_SHARE);
  const content = article?.content && found.length >= enough ? documentOf(article.content).body : page.body;
  const markdown = cleanText(htmlToMarkdown(content)).trim();
  const title = tidy(article?.title) || pageTitle || null;
  const text = withTitle(markdown, title);
  return { title, text, pages: [], blocks: markdownBlocks(text) };
}

/** The main content comes without the page's heading; it goes back on top, for it says what the rest is about. */
function withTitle(markdown: string, title: string | null): string {
  if (!title || markdown === "" || /^# /m.test(markdown)) return markdown;
  return `# ${title}\n\n${markdown}`;
}

function documentOf(html: string): Document {
  const whole = /<body[\s>]/i.test(html) ? html : `<!doctype html><html><body>${html}</body></html>`;
  return parseHTML(whole).document;
}

function tidy(text: string | null | undefined): string {
  return (text ?? "").replace(/\s+/g, " ").trim();
}
