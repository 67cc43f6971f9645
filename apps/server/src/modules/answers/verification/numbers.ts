import { fold } from "../../../platform/text/index.ts";

/** A number by value: "1,000", "1 000" and "١٠٠٠" are all "1000"; January beside a day or year is "month 1". */
export interface NumberFact {
  value: string;
  written: string;
  /** "%", "$", "€", "£" or undefined. Units of measure are ordinary words. */
  unit: string | undefined;
}

const MONTHS = [
  ["january", "janvier", "يناير", "jan"],
  ["february", "fevrier", "فبراير", "feb"],
  ["march", "mars", "مارس", "mar"],
  ["april", "avril", "ابريل", "apr"],
  ["may", "mai", "مايو"],
  ["june", "juin", "يونيو", "jun"],
  ["july", "juillet", "يوليو", "jul"],
  ["august", "aout", "اغسطس", "aug"],
  ["september", "septembre", "سبتمبر", "sep", "sept"],
  ["october", "octobre", "اكتوبر", "oct"],
  ["november", "novembre", "نوفمبر", "nov"],
  ["december", "decembre", "ديسمبر", "dec"],
];
const MONTH_OF = new Map(MONTHS.flatMap((names, at) => names.map((name) => [name, at + 1] as const)));
const MONTH_NAMES = [...MONTH_OF.keys()].join("|");

// "One" and its translations are articles and pronouns more often than numbers, so counting starts at two.
const NUMBER_WORDS: readonly (readonly [number, string])[] = [
  [2, "two deux اثنان اثنين اثنتان اثنتين"],
  [3, "three trois ثلاثه ثلاث"],
  [4, "four quatre اربعه اربع"],
  [5, "five cinq خمسه خمس"],
  [6, "six سته"],
  [7, "seven sept سبعه سبع"],
  [8, "eight huit ثمانيه ثماني"],
  [9, "nine تسعه تسع"],
  [10, "ten dix عشره"],
  [11, "eleven onze"],
  [12, "twelve douze"],
  [13, "thirteen treize"],
  [14, "fourteen quatorze"],
  [15, "fifteen quinze"],
  [16, "sixteen seize"],
  [17, "seventeen"],
  [18, "eighteen"],
  [19, "nineteen"],
  [20, "twenty vingt عشرون عشرين"],
  [30, "thirty trente ثلاثون ثلاثين"],
  [40, "forty quarante اربعون اربعين"],
  [50, "fifty cinquante خمسون خمسين"],
  [60, "sixty soixante ستون ستين"],
  [70, "seventy سبعون سبعين"],
  [80, "eighty ثمانون ثمانين"],
  [90, "ninety تسعون تسعين"],
];
const WORD_VALUE = new Map(
  NUMBER_WORDS.flatMap(([value, list]) => list.split(" ").map((word) => [word, value] as const)),
);

const MULTIPLIERS = new Map<string, number>(
  [
    [1e3, "thousand mille الف الاف k"],
    [1e6, "million millions مليون ملايين"],
    [1e9, "billion billions milliard milliards مليار مليارات"],
  ].flatMap(([factor, list]) =>
    String(list)
      .split(" ")
      .map((word) => [word, Number(factor)] as const),
  ),
);

const UNITS: readonly (readonly [string, RegExp])[] = [
  ["%", /^\s?(?:%|٪|percent(?:age)?\b|per cent\b|pour ?cents?\b|في المئه|في المائه|بالمئه|بالمائه)/],
  ["$", /^\s?(?:\$|usd\b|(?:us )?dollars?\b|دولار)/],
  ["€", /^\s?(?:€|eur\b|euros?\b|يورو)/],
  ["£", /^\s?(?:£|gbp\b|pounds sterling\b)/],
];

const ISO_DATE = /(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?![\d-])/g;
const CLOCK = /(?<![\d:])(\d{1,2})(?::| ?h ?)(\d{2})(?![\d:])/g;
/** Digits in groups of three, or plain, with an optional decimal part; not the tail of an identifier. */
const DIGITS = /(?<![\p{L}\d_]|[a-z]-|\d[.,])(?:\d{1,3}(?:[,٬\u00a0\u202f ]\d{3})+(?!\d)|\d+)(?:[.,٫]\d+)?/gu;

/** True for a word that says a number or a month, which are compared by value. */
export function isNumberWord(word: string): boolean {
  return WORD_VALUE.has(word) || MONTH_OF.has(word) || MULTIPLIERS.has(word);
}

/** Every number in `text`, in digits or in English, French and Arabic words, by value. */
export function findNumbers(text: string): NumberFact[] {
  // Spacing characters stay through folding as plain spaces, which grouping accepts too.
  let rest = fold(text);
  const facts: NumberFact[] = [];
  const add = (value: string, written: string, unit?: string): number => facts.push({ value, written, unit });
  const take = (pattern: RegExp, read: (...groups: string[]) => void): void => {
    rest = rest.replace(pattern, (...groups) => {
      read(...groups.map(String));
      return " ; ";
    });
  };

  take(ISO_DATE, (whole, year, month, day) => {
    for (const value of [String(Number(year)), `month ${Number(month)}`, String(Number(day))])
      add(value, whole ?? "");
  });
  take(CLOCK, (whole, hour, minute) =>
    add(minute === "00" ? `${Number(hour)}` : `${Number(hour)}:${minute}`, whole ?? ""),
  );
  for (const match of rest.matchAll(DIGITS)) {
    const after = rest.slice(match.index + match[0].length);
    const before = rest.slice(0, match.index);
    const word = /^\s?(\p{L}+)/u.exec(after)?.[1] ?? "";
    const factor = MULTIPLIERS.get(word) ?? 1;
    const behind = factor === 1 ? after : after.trimStart().slice(word.length);
    const currency = /([$€£])\s?$/.exec(before)?.[1];
    add(
      scaled(match[0], factor),
      match[0].trim(),
      currency ?? UNITS.find(([, pattern]) => pattern.test(behind))?.[0],
    );
  }
  const besideNumber = new RegExp(
    `(?<=\\d(?:st|nd|rd|th|er)?,? (?:of )?)(?:${MONTH_NAMES})(?!\\p{L})|(?<!\\p{L})(?:${MONTH_NAMES})(?=\\.?,? \\d)`,
    "gu",
  );
  for (const [month] of rest.matchAll(besideNumber)) add(`month ${MONTH_OF.get(month)}`, month);
  for (const [written, word = "", unit = ""] of rest.matchAll(/(\p{L}+)(?:-(\p{L}+))?/gu)) {
    const value = WORD_VALUE.get(word);
    if (value !== undefined) add(String(value + (WORD_VALUE.get(unit) ?? (unit === "one" ? 1 : 0))), written);
  }
  return facts;
}

function scaled(digits: string, factor: number): string {
  let plain = digits.replace(/[\s٬]/g, "").replace("٫", ".");
  if (/^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(plain)) plain = plain.replaceAll(",", "");
  const value = Number(plain.replace(",", "."));
  // Very long digit strings (phone and order numbers) are names: keep every digit.
  if (!Number.isSafeInteger(Math.trunc(value * factor))) return plain;
  return String(Number((value * factor).toPrecision(15)));
}
