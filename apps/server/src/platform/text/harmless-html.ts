import { Parser } from "htmlparser2";

/** Elements that lay out words. Of all others the words stay; what runs, loads or asks for input does not. */
const kept = new Set(
  "a b blockquote br code del div em h1 h2 h3 h4 h5 h6 hr i ins li ol p pre s span strong sub sup table tbody td th thead tr u ul".split(
    " ",
  ),
);
const empty = new Set(["br", "hr"]);
/** What stands within them is no text. */
const dropped = new Set(
  "script style iframe object embed template noscript svg math head title select".split(" "),
);
const breaking = new Set("br p div li tr h1 h2 h3 h4 h5 h6 blockquote pre hr table ul ol".split(" "));
const harmlessLink = /^(?:https?:\/\/|mailto:|tel:)/i;

export interface HarmlessHtml {
  /** Only elements of the list above, with no attribute but the address of a link. */
  html: string;
  /** The same words without marks. */
  text: string;
}

/**
 * What somebody wrote as HTML, made anew from what a parser understood of it: nothing of the source passes as it is.
 * Links lead to the web, a mailbox or a telephone and open elsewhere.
 */
export function harmlessHtml(source: string): HarmlessHtml {
  let html = "";
  let text = "";
  const open: string[] = [];
  let hidden = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (dropped.has(name)) hidden++;
        if (hidden > 0 || !kept.has(name)) return;
        if (breaking.has(name)) text += "\n";
        const link = name === "a" ? (attributes.href ?? "").trim() : "";
        html += harmlessLink.test(link)
          ? `<a href="${escaped(link)}" rel="noopener noreferrer nofollow" target="_blank">`
          : `<${name}>`;
        if (!empty.has(name)) open.push(name);
      },
      ontext(words) {
        if (hidden > 0) return;
        html += escaped(words);
        text += words;
      },
      onclosetag(name) {
        if (dropped.has(name)) hidden = Math.max(0, hidden - 1);
        else if (hidden === 0 && !empty.has(name) && open.at(-1) === name) {
          open.pop();
          html += `</${name}>`;
        }
      },
    },
    { decodeEntities: true, lowerCaseTags: true },
  );
  parser.end(source);
  for (const name of open.toReversed()) html += `</${name}>`;
  return {
    html: html.trim(),
    text: text
      .replace(/[ \t]+/g, " ")
      .replace(/\s*\n\s*/g, "\n")
      .trim(),
  };
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
