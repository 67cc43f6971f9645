/* Dates in words and figures, folded: English, French, Arabic. */

const MONTHS = [
  ["january", "janvier", "يناير", "jan", "كانون الثاني"],
  ["february", "fevrier", "فبراير", "feb", "شباط"],
  ["march", "mars", "مارس", "اذار"],
  ["april", "avril", "ابريل", "apr", "نيسان"],
  ["may", "mai", "مايو", "ايار"],
  ["june", "juin", "يونيو", "jun", "حزيران"],
  ["july", "juillet", "يوليو", "jul", "تموز"],
  ["august", "aout", "اغسطس", "aug"],
  ["september", "septembre", "سبتمبر", "sep", "sept", "ايلول"],
  ["october", "octobre", "اكتوبر", "oct", "تشرين الاول"],
  ["november", "novembre", "نوفمبر", "nov", "تشرين الثاني"],
  ["december", "decembre", "ديسمبر", "dec", "كانون الاول"],
];
const MONTH_OF = new Map(MONTHS.flatMap((names, at) => names.map((name) => [name, at + 1] as const)));
const NAMES = [...MONTH_OF.keys()].sort((a, b) => b.length - a.length).join("|");

/** What is said of a day; what is not said is undefined. */
export interface CalendarDate {
  written: string;
  /** In figures day and month can be the other way round: then there are two readings. */
  readings: { day?: number; month?: number; year?: number }[];
}

const YEAR = "(?:,? (?:of |de |عام |سنه )?(\\d{3,4}))?(?!\\d|[.,]\\d)";
const ISO = /(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?![\d-])/g;
const FIGURES = /(?<![\d/.-])(\d{1,2})([/.])(\d{1,2})\2(\d{4})(?![\d/.])/g;
const DAY_FIRST = new RegExp(
  `(?<![\\d.,])(?:the )?(\\d{1,2})(?:st|nd|rd|th|er)? (?:of |de |من )?(${NAMES})(?!\\p{L})\\.?${YEAR}`,
  "gu",
);
const MONTH_FIRST = new RegExp(`(?<!\\p{L})(${NAMES})\\.? (\\d{1,2})(?:st|nd|rd|th)?(?![\\d])${YEAR}`, "gu");
const MONTH_YEAR = new RegExp(`(?<!\\p{L})(${NAMES})\\.?,? (?:of |de |عام |سنه )?(\\d{4})(?!\\d)`, "gu");

/** True for the name of a month. */
export function isMonth(word: string): boolean {
  return MONTH_OF.has(word);
}

/** The dates of a folded text, and the text without them. */
export function findDates(folded: string): { dates: CalendarDate[]; rest: string } {
  const dates: CalendarDate[] = [];
  let rest = folded;
  const take = (pattern: RegExp, read: (...groups: (string | undefined)[]) => CalendarDate["readings"]) => {
    rest = rest.replace(pattern, (...groups) => {
      const texts = groups.map((group) => (typeof group === "string" ? group : undefined));
      dates.push({ written: (texts[0] ?? "").trim(), readings: read(...texts) });
      return " ; ";
    });
  };
  const year = (text: string | undefined) => (text === undefined ? {} : { year: Number(text) });
  take(ISO, (_whole, y, m, d) => [{ year: Number(y), month: Number(m), day: Number(d) }]);
  take(FIGURES, (_whole, a, _mark, b, y) => {
    const [one, other] = [Number(a), Number(b)];
    const both = [
      { day: one, month: other, ...year(y) },
      { day: other, month: one, ...year(y) },
    ];
    return both.filter(({ month }) => month <= 12);
  });
  take(DAY_FIRST, (_whole, d, m, y) => [{ day: Number(d), month: MONTH_OF.get(m ?? "") ?? 0, ...year(y) }]);
  take(MONTH_FIRST, (_whole, m, d, y) => [{ day: Number(d), month: MONTH_OF.get(m ?? "") ?? 0, ...year(y) }]);
  take(MONTH_YEAR, (_whole, m, y) => [{ month: MONTH_OF.get(m ?? "") ?? 0, ...year(y) }]);
  return { dates, rest };
}

const PARTS = ["day", "month", "year"] as const;

/** True if the dates can be the same day, and share at least a part. */
export function agree(one: CalendarDate, other: CalendarDate): boolean {
  return one.readings.some((here) =>
    other.readings.some((there) => {
      const shared = PARTS.filter((part) => here[part] !== undefined && there[part] !== undefined);
      return shared.length > 0 && shared.every((part) => here[part] === there[part]);
    }),
  );
}

/** True if `known` says all that `claimed` says, the year perhaps elsewhere among `years`. */
export function holds(known: CalendarDate, claimed: CalendarDate, years: ReadonlySet<number>): boolean {
  return claimed.readings.some((wanted) =>
    known.readings.some((given) =>
      PARTS.every((part) => {
        const want = wanted[part];
        if (want === undefined || given[part] === want) return true;
        return part === "year" && given.year === undefined && years.has(want);
      }),
    ),
  );
}
