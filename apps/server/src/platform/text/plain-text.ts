/** Longer is no sentence that somebody wrote: only its white space is put in order. */
const LONGEST = 6000;
const FIELD = /^[^\s:.!?#>|`*-][^:.!?|`]{0,40}: \S/;
/** "[12]" and "[3, 4]" of the source would read as references of whoever quotes it. */
const REFERENCE = /(?<=[\p{L}\p{N}\p{P}])\s?\[[1-9]\d{0,2}(?:\s*[,،;–-]\s*\d{1,3})*\](?!\()/gu;
const COMMENT = /<!--.*?(?:-->|$)/g;
/** A reference to an image holds no words of the text; what a link says does. */
const IMAGE = /!\[[^\]\n]*\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\]\n]*\])/g;
const LINK = /\[((?:[^[\]\n]|\[[^[\]\n]*\])*)\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\]\n]*\])/g;
const AUTOLINK = /<((?:https?:\/\/|mailto:)[^\s<>]+)>/gi;
/** Only names of elements: "a < b" and "Map<string>" stay. `Card` and `CardGroup` are components of MDX. */
const TAG = new RegExp(
  "</?(?:a|abbr|b|blockquote|br|button|center|cite|code|col|colgroup|dd|del|details|div|dl|dt|em|figcaption|figure|font|" +
    "h[1-6]|hr|i|iframe|img|input|ins|kbd|li|mark|ol|p|picture|pre|q|s|samp|script|small|source|span|strong|style|sub|" +
    "summary|sup|svg|table|tbody|td|tfoot|th|thead|time|tr|u|ul|var|video|[A-Z][a-z][A-Za-z]*(?=[\\s/>][^<>]*=|\\s*/>|Group>)|" +
    "(?:Accordion|Callout|Card|Check|CodeGroup|Danger|Frame|Icon|Info|Note|Step|Steps|Tab|Tabs|Tip|Tooltip|Update|Warning)(?=[\\s/>]))" +
    "(?:\\s[^<>]*)?/?>",
  "g",
);
const ENTITIES: Readonly<Record<string, string>> = {
  "&nbsp;": " ",
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&apos;": "'",
};
const ENTITY = /&(?:nbsp|amp|lt|gt|quot|#39|apos);/g;
const CODE = /(`{1,3})(?!`)([^`]{1,400}|[\s\S]{0,400}?[^`])\1(?!`)/g;
/** Emphasis marks touch the words that they stand around: "2 * 3" and "snake_case" have none. */
const STRONG = /(\*{1,3}|~~)(?=[^\s*~])([^*~]{0,400}[^\s*~\\])\1/g;
const UNDERSCORES = /(?<![\p{L}\p{N}_])(_{1,3})(?=[^\s_])([^\n]{0,400}?[^\s_])\1(?![\p{L}\p{N}_])/gu;
const ESCAPE = /\\([\\`*_{}[\]()#+\-.!|~<>$])/g;
const CELL_END = /\s*(?<![|\\])\|(?!\|)\s*/g;
/** Code that would itself read as marks keeps its own. */
const LOOKS_MARKED = /[*<>[\]|\\&~]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/u;
/** Stands for a character of code while marks are read, so that "`a_b_c`" keeps its underscores. */
const HIDDEN = 0xe000;
const HIDEABLE = /[*_~[\]<>!\\&|`]/g;
const HIDDEN_CHARACTER = /[\ue000-\ue07f]/g;

/**
 * A sentence of Markdown or HTML as it is read aloud: a link is its text, images, tags, comments and
 * anchors and numbers of references go, emphasis and code lose their marks and keep their words, the cells of a table row are joined by
 * dashes, all on one line (code that would read as marks keeps its backticks). Words keep their order and spelling, so a quotation stays faithful; text without
 * marks is unchanged but for white space. Idempotent on what people write, not on every text.
 */
export function plainText(markdown: string): string {
  const line = joinLines(markdown.replace(/[\ue000-\ue07f]/g, "")).replace(/\s+/g, " ");
  if (line.length > LONGEST) return line.replace(REFERENCE, "").trim();
  const words = line
    .replace(COMMENT, " ")
    .replace(CODE, (_, _marks, code: string) => hide(LOOKS_MARKED.test(code) ? `\`${code.trim()}\`` : code))
    .replace(AUTOLINK, "$1")
    .replace(IMAGE, " ")
    .replace(LINK, "$1")
    // A badge is a link around an image.
    .replace(LINK, "$1")
    .replace(REFERENCE, "")
    .replace(TAG, (tag) => (/^<\/?(?:br|td|th|li|p|div|tr|hr)\b/i.test(tag) ? " " : ""))
    .replace(STRONG, "$2")
    .replace(STRONG, "$2")
    .replace(UNDERSCORES, "$2")
    .replace(CELL_END, " — ")
    .replace(ESCAPE, "$1")
    .replace(ENTITY, (entity) => ENTITIES[entity] ?? entity)
    .replace(HIDDEN_CHARACTER, (hidden) => String.fromCharCode(hidden.charCodeAt(0) - HIDDEN))
    // Once more: code may hold what reads as a reference.
    .replace(REFERENCE, "");
  return words
    .replace(/\s+/g, " ")
    .replace(/^(?:[\s—]*—)?\s*|\s*(?:—[\s—]*)?$/g, "")
    .replace(/—(?:\s*—)+/g, "—");
}

/** Lines of a quotation lose their marks; lines of a record ("name: value") are joined as cells are. */
function joinLines(text: string): string {
  const lines = text.split("\n").map((line, at) => (at > 0 ? line.replace(/^[ \t]*(?:>[ \t]?)+/, "") : line));
  const isRecord = lines.length > 1 && lines.every((line) => FIELD.test(line));
  return lines.join(isRecord ? " — " : " ");
}

function hide(code: string): string {
  return code.replace(HIDEABLE, (character) => String.fromCharCode(HIDDEN + character.charCodeAt(0)));
}
