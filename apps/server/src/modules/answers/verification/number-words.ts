import { fold } from "../../../platform/text/index.ts";

/* Numbers in words, folded (no accents, no hamza): English, French, Arabic. */

const entries = (list: readonly (readonly [number, string])[]): ReadonlyMap<string, number> =>
  new Map(
    list.flatMap(([value, words]) =>
      fold(words)
        .split(" ")
        .map((word) => [word, value] as const),
    ),
  );

/** 2 to 99. "One" and its translations are articles and pronouns more often than numbers. */
export const SMALL = entries([
  [2, "two deux اثنان اثنين اثنتان اثنتين"],
  [3, "three trois ثلاثه ثلاث"],
  [4, "four quatre اربعه اربع"],
  [5, "five cinq خمسه خمس"],
  [6, "six سته ست"],
  [7, "seven sept سبعه سبع"],
  [8, "eight huit ثمانيه ثماني ثمان"],
  [9, "nine neuf تسعه تسع"],
  [10, "ten dix عشره عشر"],
  [11, "eleven onze"],
  [12, "twelve douze"],
  [13, "thirteen treize"],
  [14, "fourteen quatorze"],
  [15, "fifteen quinze"],
  [16, "sixteen seize"],
  [17, "seventeen"],
  [18, "eighteen"],
  [19, "nineteen"],
  [20, "twenty vingt vingts عشرون عشرين"],
  [30, "thirty trente ثلاثون ثلاثين"],
  [40, "forty quarante اربعون اربعين"],
  [50, "fifty cinquante خمسون خمسين"],
  [60, "sixty soixante ستون ستين"],
  [70, "seventy septante سبعون سبعين"],
  [80, "eighty huitante ثمانون ثمانين"],
  [90, "ninety nonante تسعون تسعين"],
]);

/** From the second on, as their values: "third" is "3rd". "Second" alone is too often a measure of time. */
export const ORDINALS = entries([
  [2, "deuxieme الثاني الثانيه"],
  [3, "third troisieme الثالث الثالثه"],
  [4, "fourth quatrieme الرابع الرابعه"],
  [5, "fifth cinquieme الخامس الخامسه"],
  [6, "sixth sixieme السادس السادسه"],
  [7, "seventh septieme السابع السابعه"],
  [8, "eighth huitieme الثامن الثامنه"],
  [9, "ninth neuvieme التاسع التاسعه"],
  [10, "tenth dixieme العاشر العاشره"],
]);

const ONE = /^(?:one|un|une|واحد|واحده)$/;
const HUNDRED = /^(?:hundred|cents?|مايه|ميه)$/;
const ARABIC_HUNDREDS = entries([
  [200, "مئتان مئتين مائتان مائتين"],
  [300, "ثلاثمئه ثلاثمائه"],
  [400, "اربعمئه اربعمائه"],
  [500, "خمسمئه خمسمائه"],
  [600, "ستمئه ستمائه"],
  [700, "سبعمئه سبعمائه"],
  [800, "ثمانمئه ثمانمائه"],
  [900, "تسعمئه تسعمائه"],
]);

export const MULTIPLIERS = entries([
  [1e3, "thousand mille الف الاف k"],
  [1e6, "million millions مليون ملايين"],
  [1e9, "billion billions milliard milliards مليار مليارات"],
]);
const PAIRS = entries([
  [2e3, "الفان الفين"],
  [2e6, "مليونان مليونين"],
]);

const LINK = /^(?:and|et)$/;

/** A number in words: its value, and from which word up to which it is written. */
export interface WordNumber {
  value: number;
  from: number;
  to: number;
}

/** The numbers that a row of folded words spells, the longest each: "two hundred and five", "خمسه وعشرون". */
export function readNumberWords(words: readonly string[]): WordNumber[] {
  const found: WordNumber[] = [];
  for (let at = 0; at < words.length; at++) {
    const number = readFrom(words, at);
    if (!number) continue;
    found.push(number);
    at = number.to - 1;
  }
  return found;
}

function readFrom(words: readonly string[], from: number): WordNumber | undefined {
  let total = 0;
  let current = 0;
  let last = 0;
  let to = from;
  let hasCounted = false;
  for (let at = from; at < words.length; at++) {
    const written = words[at] ?? "";
    if (LINK.test(written) && hasCounted) continue;
    const bare = hasCounted && written.startsWith("و") ? written.slice(1) : written;
    const small = SMALL.get(bare) ?? ARABIC_HUNDREDS.get(bare) ?? PAIRS.get(bare);
    const multiplier = MULTIPLIERS.get(bare);
    if (small !== undefined) {
      const isTimes = last === 4 && small === 20; // quatre-vingts
      const fits = last === 0 || isTimes || small < unitOf(last);
      if (!fits) break;
      current = isTimes ? current - 4 + 80 : current + small;
      last = isTimes ? 80 : small;
    } else if (ONE.test(bare) && hasCounted && last >= 20 && last % 10 === 0) {
      current += 1;
      last = 1;
    } else if (
      HUNDRED.test(bare) &&
      (hasCounted || /^(?:a|one)$/.test(words[at - 1] ?? "") || /^م/.test(bare))
    ) {
      current = Math.max(1, current) * 100;
      last = 100;
    } else if (
      multiplier !== undefined &&
      bare !== "k" &&
      (hasCounted || /^(?:mille|الف)$/.test(bare) || /^(?:a|one|un)$/.test(words[at - 1] ?? ""))
    ) {
      total += Math.max(1, current) * multiplier;
      current = 0;
      last = 0;
    } else break;
    hasCounted = true;
    to = at + 1;
  }
  return hasCounted ? { value: total + current, from, to } : undefined;
}

/** What may follow: units behind tens, tens behind hundreds. French 60 and 80 take up to 19, Arabic units come first. */
function unitOf(last: number): number {
  if (last === 60 || last === 80) return 20;
  if (last >= 100) return 100;
  if (last >= 20) return 10;
  return last < 10 ? 91 : last === 10 ? 10 : 0; // dix-sept
}
