import type { PlacedSentence } from "../../platform/evidence/index.ts";

/** What follows a sentence and completes it: the items of one list, or one block of code, as written. */
export type Supplement = { kind: "list"; items: string[] } | { kind: "code"; code: string };

const MOST_ITEMS = 4;
const LONGEST_ITEM = 160;
const MOST_LINES = 12;
const LONGEST_CODE = 500;
const FENCE = /^\s*?\n[ \t]*(```|~~~)[^\n]*\n/;
/** The sentence says itself that something follows. */
export const ANNOUNCES = /[:：]["'”»)]*$/;

/**
 * The list or the code right behind `sentence`, whole if it is code, its first items if it is a list.
 * Only where the sentence announces it, or, when steps are asked for (`isHowTo`), also where it just follows.
 */
export function supplementTo(
  sentence: PlacedSentence,
  placed: readonly PlacedSentence[],
  passageText: string,
  isHowTo: boolean,
): Supplement | undefined {
  if (sentence.look !== "prose" && sentence.look !== "item") return undefined;
  const isAnnounced = ANNOUNCES.test(sentence.plain);
  if (!isAnnounced && !isHowTo) return undefined;
  const following = placed.slice(placed.indexOf(sentence) + 1);
  const next = following[0];
  if (next?.passage !== sentence.passage) return undefined;
  if (next.kind === "code") return codeOf(passageText, sentence.end, next.start);
  return next.kind === "item" && next.look === "item" ? listOf(following, sentence.passage) : undefined;
}

/** The fenced block in which `place` is, if its fence opens right behind `from` and it is short. */
function codeOf(text: string, from: number, place: number): Supplement | undefined {
  const fence = FENCE.exec(text.slice(from, place + 1));
  if (!fence) return undefined;
  const start = from + fence[0].length;
  const end = text.indexOf(`\n${fence[1]}`, start);
  const code = text.slice(start, end < 0 ? undefined : end).trimEnd();
  const isShort = end >= 0 && code.length <= LONGEST_CODE && code.split("\n").length <= MOST_LINES;
  return isShort ? { kind: "code", code } : undefined;
}

function listOf(following: readonly PlacedSentence[], passage: number): Supplement | undefined {
  const items = new Map<number, string>();
  for (const { kind, passage: at, block, plain, look } of following) {
    if (kind !== "item" || at !== passage || look === "links") break;
    const item = [items.get(block), plain].filter(Boolean).join(" ");
    if (item.length > LONGEST_ITEM && items.has(block)) continue;
    if (item.length > LONGEST_ITEM || (!items.has(block) && items.size === MOST_ITEMS)) break;
    items.set(block, item);
  }
  return items.size > 0 ? { kind: "list", items: [...items.values()] } : undefined;
}
