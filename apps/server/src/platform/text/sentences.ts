import { detectLanguage, type Language } from "./language.ts";

/** A sentence as it was written: `text === source.slice(start, end)`. */
export interface Sentence {
  text: string;
  start: number;
  end: number;
  kind: SentenceKind;
  /** Where its paragraph, list item, row or line of code starts: sentences of one block share it. */
  block: number;
}

/** What the sentence stands in. */
export type SentenceKind = "prose" | "heading" | "item" | "row" | "code";

const SEGMENTERS: Readonly<Record<Language, Intl.Segmenter>> = {
  en: new Intl.Segmenter("en", { granularity: "sentence" }),
  fr: new Intl.Segmenter("fr", { granularity: "sentence" }),
  ar: new Intl.Segmenter("ar", { granularity: "sentence" }),
  other: new Intl.Segmenter("und", { granularity: "sentence" }),
};

/** Words that end in a full stop without ending a sentence (folded case, without that stop). */
const ABBREVIATIONS = new Set(
  (
    "dr mr mrs ms prof st sr jr vs etc e.g i.e eg ie cf al approx dept est fig inc ltd co corp no nos vol pp p " +
    "ed eds gen col lt sgt capt rev hon gov sen rep jan feb mar apr jun jul aug sep sept oct nov dec mme mlle " +
    "mm me art chap env ex av j.-c c.-à-d tél bd boul réf min max resp ca"
  ).split(" "),
);
/** These may also close a sentence, so what follows decides: a capital letter means a new sentence. */
const MAY_CLOSE = new Set(["etc", "inc", "ltd", "co", "corp", "jr", "al", "j.-c", "no"]);
const LAST_WORD = /(?:^|[\s("'«“[\u2019])((?:\p{L}[\p{L}.-]*)?\p{L})\.\s*$/u;
const INITIAL = /^(?:\p{Lu}|\p{Lu}\.-?\p{Lu}|[\u0621-\u064a])$/u;
/** Stops that Unicode's rules do not see: before a stray reference (".:121,154 He"), and the Arabic semicolon. */
const HIDDEN_STOP = /[.!?](?::[\d,–-]+)+\s+(?=\P{Ll})|؛\s+/gu;
/** What still belongs to the sentence that a stop has just ended: a bracketed reference, a spaced closing mark. */
const TRAILER = /(?:\[[^\]\s]{1,20}\]|\s*[»”)\]])+\s*/uy;

/** Marks at the start of a Markdown line that are not words: heading, quote, list item, task box. */
const LINE_MARK = /^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|(?:[-*+•·–]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?)+/;
const TABLE_ROW = /^[ \t]*\|.*\|[ \t]*$/;
const NO_WORDS = /^[^\p{L}\p{N}]*$/u;
const CODE_FENCE = /^[ \t]*(?:```|~~~)/;
const HEADING = /^\s*#/;
const LIST_ITEM = /^[ \t]*(?:[-*+•·–]|\d{1,3}[.)])[ \t]/;
const QUOTED = /^[ \t]*>[ \t]?(?![ \t]*(?:[-*+•·–#>]|\d{1,3}[.)])[ \t])/;
/** "Price: 19 euros", a line of a record, as tables without a grid are written. */
const FIELD = /^[^\s:.!?#>|`*-][^:.!?\n|`]{0,40}: \S.{0,200}$/;
const LONGEST_RECORD = 600;
/** Inside a link's target and inside code a stop ends nothing; the link's words may run over a line's end. */
const UNSPLIT = /!(?=\[)|\]\([^()\n]{1,300}\)|`[^`\n]{1,300}`|(?<=<)[^<>\n]{1,300}(?=>)/g;
const OPEN_LINK = /\[[^\][]{0,200}$/;
const ENDS_SENTENCE = /[.!?:;؟؛…。！？]["'”’»)\]]*\s*$/;
/** A shorter line was not broken for want of room: the break was meant. */
const WRAP_WIDTH = 40;

/**
 * Splits `text` into sentences, in order and without overlap. Headings, list items, table rows and code
 * lines stand alone, without their marks ("- ", "## ", "| "); lines of one hard-wrapped paragraph are
 * read together, as are the "name: value" lines of one record. Abbreviations and initials do not end a sentence; Arabic "؟" and "؛" do.
 */
export function sentences(text: string, language: Language = detectLanguage(text)): Sentence[] {
  const found: Sentence[] = [];
  for (const block of blocks(text)) {
    if (block.whole) addTrimmed(text, block, block.start, block.end, found);
    else splitBlock(text, block, language, found);
  }
  return found;
}

interface Block {
  start: number;
  end: number;
  kind: SentenceKind;
  /** Code lines and table rows are not split further. */
  whole: boolean;
}

/** Paragraphs, list items, headings, table rows: what no sentence crosses. */
function blocks(text: string): Block[] {
  const list: Block[] = [];
  let open: Block | undefined;
  let record: Block | undefined;
  let inCode = false;
  let start = 0;
  for (const line of text.split("\n")) {
    const end = start + line.length;
    const mark = LINE_MARK.exec(line)?.[0].length ?? 0;
    const isField = !inCode && FIELD.test(line) && !ENDS_SENTENCE.test(line);
    if (!isField) record = undefined;
    if (CODE_FENCE.test(line)) {
      inCode = !inCode;
      open = undefined;
    } else if (NO_WORDS.test(line)) {
      open = undefined;
    } else if (inCode) {
      list.push({ start, end, kind: "code", whole: true });
    } else if (TABLE_ROW.test(line)) {
      const from = start + line.indexOf("|") + 1;
      list.push({ start: from, end: start + line.lastIndexOf("|"), kind: "row", whole: true });
      open = undefined;
    } else if (isField && record && end - record.start <= LONGEST_RECORD) {
      record.end = end;
      record.kind = "row";
      record.whole = true;
      open = undefined;
    } else if (open && (mark === 0 || QUOTED.test(line)) && continues(text.slice(open.start, open.end))) {
      open.end = end;
    } else {
      const kind = HEADING.test(line) && mark > 0 ? "heading" : LIST_ITEM.test(line) ? "item" : "prose";
      open = { start: start + mark, end, kind, whole: false };
      list.push(open);
      if (isField && kind === "prose") record = open;
      if (HEADING.test(line)) open = undefined;
    }
    start = end + 1;
  }
  return list;
}

/** True if a paragraph that so far ends in this text goes on in the next line. */
function continues(before: string): boolean {
  const lastLine = before.slice(before.lastIndexOf("\n") + 1);
  if (OPEN_LINK.test(lastLine)) return true;
  return lastLine.length >= WRAP_WIDTH && !ENDS_SENTENCE.test(lastLine);
}

function splitBlock(text: string, block: Block, language: Language, found: Sentence[]): void {
  const { start, end } = block;
  // Unicode ends a sentence at every line end; inside a block the line end is only a space.
  const content = text
    .slice(start, end)
    .replace(/[\n\r\u2028\u2029\u0085]/g, " ")
    .replace(UNSPLIT, (inner) => inner.replace(/[.!?؟؛…]/g, ","));
  const cuts = new Set<number>();
  for (const { index } of SEGMENTERS[language].segment(content)) {
    if (index > 0 && !isFalseStop(content, index)) cuts.add(pastTrailer(content, index));
  }
  for (const hidden of content.matchAll(HIDDEN_STOP)) cuts.add(hidden.index + hidden[0].length);
  let from = 0;
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    addTrimmed(text, block, start + from, start + cut, found);
    from = cut;
  }
  addTrimmed(text, block, start + from, end, found);
}

/** Moves a cut behind the references and closing marks that follow the stop. */
function pastTrailer(content: string, index: number): number {
  TRAILER.lastIndex = content[index - 1] === "[" ? index - 1 : index;
  return TRAILER.test(content) ? TRAILER.lastIndex : index;
}

/** True if the stop before `index` belongs to an abbreviation or an initial. */
function isFalseStop(content: string, index: number): boolean {
  const word = LAST_WORD.exec(content.slice(Math.max(0, index - 24), index))?.[1];
  if (word === undefined) return false;
  const known = word.toLowerCase();
  if (MAY_CLOSE.has(known)) {
    if (known === "no") return /^\d/.test(content.slice(index));
    return !/^["'«“(]*\p{Lu}/u.test(content.slice(index));
  }
  return ABBREVIATIONS.has(known) || INITIAL.test(word);
}

function addTrimmed(text: string, block: Block, from: number, to: number, found: Sentence[]): void {
  let start = from;
  let end = to;
  while (start < end && /\s/.test(text[start] ?? "")) start++;
  while (end > start && /\s/.test(text[end - 1] ?? "")) end--;
  const sentence = text.slice(start, end);
  if (sentence !== "" && !NO_WORDS.test(sentence)) {
    found.push({ text: sentence, start, end, kind: block.kind, block: block.start });
  }
}
