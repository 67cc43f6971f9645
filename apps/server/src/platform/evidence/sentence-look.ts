import { plainText, type Sentence } from "../text/index.ts";

/** What a sentence looks like to a reader: prose answers, the rest seldom does. */
export type SentenceLook = "prose" | "item" | "row" | "heading" | "code" | "links" | "label";

/** Lines that belong to the page's machinery: module imports, attributes of a component, link definitions. */
const MACHINERY =
  /^(?:(?:import|export)\s.*(?:\sfrom\s+|^import\s+)['"].*|export (?:const|default) .*|[\w-]+=(?:"[^"]*"|\{.*\})\s*\/?>?|<\/?[A-Za-z][^>]*>?|\/?>|\[[^\]]+\]:\s+\S+.*)$/;
const FRONT_MATTER = /^\uFEFF?---[ \t]*\n(?:[^\n]*\n){0,40}?---[ \t]*(?:\n|$)/;
const LINKS =
  /!?\[(?:[^[\]]|\[[^[\]]*\]|!\[[^\]]*\]\([^()]*\))*\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\])/g;
const LETTERS = /\p{L}/gu;
/** A sentence whose words are links by more than this share is a menu. */
const LINK_SHARE = 0.7;
/** Code without its fence, as where a long block was cut in two. */
const CODE_LIKE =
  /=>|[{};]$|\{ \/\/|\)\s*\{|^(?:const|let|var|return|function|async|await|\$|sudo|npm|npx|curl|docker|helm) \S+.*[({=/-]/;
/** Fewer words than this, without a stop at the end, name something and say nothing of it. */
const LABEL_WORDS = 4;
const STOP = /[.!?؟…。]["'”’»)\]]*$/;

/** True for lines that are no part of the text: front matter, imports, tags, badges. */
export function isNoise(sentence: Sentence, text: string): boolean {
  if (sentence.kind === "code") return false;
  const front = FRONT_MATTER.exec(text)?.[0].length ?? 0;
  return sentence.start < front || MACHINERY.test(sentence.text);
}

export function lookOf(sentence: Sentence, plain: string): SentenceLook {
  if (sentence.kind === "heading" || sentence.kind === "code") return sentence.kind;
  if (CODE_LIKE.test(plain)) return "code";
  const letters = plain.match(LETTERS)?.length ?? 0;
  const unlinked = plainText(sentence.text.replace(LINKS, " ")).match(LETTERS)?.length ?? 0;
  if (letters > 0 && unlinked < (1 - LINK_SHARE) * letters) return "links";
  if (sentence.kind === "row") return "row";
  const words = plain.split(" ").length;
  if (words < 2 || (words < LABEL_WORDS && !STOP.test(plain))) return "label";
  return sentence.kind;
}
