import { isStopWord, tokenize } from "../../../../platform/text/index.ts";
import { COUNTS, MONTHS, OPPOSITES, replacePair, type Spoken, UNITS, word } from "./wording.ts";

/** What a change may draw on. */
export interface Surroundings {
  language: Spoken;
  /** Another sentence of the same passage. */
  other: string;
  /** The whole passage. */
  passage: string;
  /** Varies which of several possible changes is made. */
  seed: number;
}

/** A claim with one error in it; undefined if it offers no place for it. */
export type Plant = (claim: string, around: Surroundings) => string | undefined;
export type PlantKind = "number" | "name" | "negation" | "made up";

const NAME = /(?<=\p{Ll},? )\p{Lu}\p{Ll}{2,}(?: \p{Lu}\p{Ll}{2,})*/u;
const NUMBER = /(?<![\p{L}\p{Nd}.,:/-])\p{Nd}{1,9}(?![\p{L}\p{Nd}:/-]|[.,]\p{Nd})/u;

const changed = (before: string, after: string): string | undefined => (after === before ? undefined : after);
const latin = (digits: string): string =>
  digits.replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660));

const moveNumber =
  (by: number): Plant =>
  (claim) =>
    changed(
      claim,
      claim.replace(NUMBER, (found) => String(Number(latin(found)) + by)),
    );

/** With another number of the same passage: every number of the claim is in its source. */
const numberOfPassage: Plant = (claim, { passage, seed }) => {
  const own = NUMBER.exec(claim)?.[0];
  if (own === undefined) return undefined;
  const all = [...passage.matchAll(new RegExp(NUMBER, "gu"))].map(([found]) => found);
  // in other digits the claim's own number is no error
  const others = all.filter((found) => found.length === own.length && !latin(claim).includes(latin(found)));
  const by = others[seed % Math.max(1, others.length)];
  return by === undefined ? undefined : claim.replace(NUMBER, by);
};

const countWord: Plant = (claim, { language, seed }) => {
  const counts = COUNTS[language];
  const at = counts.findIndex((spelling) => word(spelling).test(claim));
  const by = counts[(at + 1 + (seed % 3)) % counts.length];
  return at < 0 || by === undefined ? undefined : claim.replace(word(counts[at] ?? ""), by);
};

/** Only beside a number is it a measure. */
const unit: Plant = (claim, { language, seed }) => {
  const place = /(?:\p{Nd}|(?<!\p{L})(?:two|three|four|five|ten|deux|trois|cinq|dix))[ ]?(?=[\p{L}%])/u.exec(
    claim,
  );
  if (!place) return undefined;
  const end = place.index + place[0].length;
  const [next = ""] = /^[\p{L}%]+/u.exec(claim.slice(end)) ?? [];
  const by = replacePair(next, UNITS[language], seed);
  return by === undefined ? undefined : claim.slice(0, end) + by + claim.slice(end + next.length);
};

const month: Plant = (claim, { language, seed }) => {
  const months = MONTHS[language];
  const at = months.findIndex((name) => new RegExp(`(?:\\d,? |de )${name}|${name},? \\d`, "u").test(claim));
  const by = months[(at + 1 + (seed % 10)) % 12];
  return at < 0 || by === undefined ? undefined : claim.replace(months[at] ?? "", by);
};

const nameOf =
  (choose: (around: Surroundings) => string): Plant =>
  (claim, around) => {
    const names = [...choose(around).matchAll(new RegExp(NAME, "gu"))].map(([name]) => name);
    const by = names.find(
      (name) => !claim.includes(name) && !name.split(" ").some((part) => claim.includes(part)),
    );
    return by === undefined ? undefined : changed(claim, claim.replace(NAME, by));
  };

/** Two names of the claim in each other's place. */
const namesSwapped: Plant = (claim) => {
  const [one, other] = [...claim.matchAll(new RegExp(NAME, "gu"))];
  if (!one || !other || one[0] === other[0]) return undefined;
  // in a list the order of names says nothing
  if (
    /^(?:,| and| et| or| ou)?(?: and| et| or| ou)? $/u.test(
      claim.slice(one.index + one[0].length, other.index),
    )
  )
    return undefined;
  return (
    claim.slice(0, one.index) +
    other[0] +
    claim.slice(one.index + one[0].length, other.index) +
    one[0] +
    claim.slice(other.index + other[0].length)
  );
};

/** Arabic has no capitals: a content word of another sentence replaces one of the claim. */
const wordSwapped: Plant = (claim, { other, language }) => {
  if (language !== "ar") return undefined;
  const content = (text: string) =>
    tokenize(text).filter(({ term }) => term.length > 4 && !isStopWord(term, "ar") && !/\d/.test(term));
  const own = content(claim);
  const target = own[Math.floor(own.length / 2)];
  const by = content(other).find(({ term }) => !own.some((word) => word.term === term));
  if (!target || !by || own.length < 5) return undefined;
  return claim.slice(0, target.start) + other.slice(by.start, by.end) + claim.slice(target.end);
};

const INSERTED: Readonly<Record<Spoken, { unless: RegExp; place: RegExp; by: string }>> = {
  en: {
    unless: /\b(?:not|no|never|without|nor|none)\b|n't/,
    place: /\b(is|was|are|were|can|could|will|would|has|had|have|did|does)\b(?= \p{L})/u,
    by: "$1 not",
  },
  fr: {
    unless: /\b(?:pas|ne|jamais|sans|aucun|aucune)\b|n['’]/,
    place: /(?<= )(est|était|a|avait|ont|sont)(?= \p{L})/u,
    by: "n'$1 pas",
  },
  ar: {
    unless: /(?<!\p{L})(?:لا|لم|لن|ليس|ليست|غير|دون|بدون)(?!\p{L})/u,
    place: /(?<= )(كان|كانت|يتم|يمكن|تم|يكون|تكون)(?!\p{L})/u,
    by: "لم $1",
  },
};

const inserted: Plant = (claim, { language }) => {
  const { unless, place, by } = INSERTED[language];
  return unless.test(claim) ? undefined : changed(claim, claim.replace(place, by));
};

const removed: Plant = (claim, { language }) => {
  if (language === "en") return changed(claim, claim.replace(/(?<=\p{L}) (?:not|never)(?= )(?! only)/u, ""));
  if (language === "ar") return changed(claim, claim.replace(/(?<= )(?:لا|لم|لن|ليس|ليست) (?!فقط)/u, ""));
  if (/\bque\b/.test(claim)) return undefined;
  return changed(claim, claim.replace(/(?:\bne |\bn['’])(\S+) pas\b/u, "$1"));
};

const opposite: Plant = (claim, { language, seed }) => replacePair(claim, OPPOSITES[language], seed);

/** Fluent, about the passage's own subject, and nowhere said. */
const invented: Plant = (_claim, { language, passage, seed }) => {
  const names = [...passage.matchAll(new RegExp(NAME, "gu"))].map(([name]) => name);
  const subject = names[seed % Math.max(1, names.length)];
  if (language !== "ar" && subject === undefined) return undefined;
  const said: Record<Spoken, string[]> = {
    en: [
      `${subject} employs a team of volunteers to repair bicycles.`,
      `Visitors of ${subject} receive a discount on weekends.`,
      `${subject} was sold to a shipping company after a long dispute.`,
    ],
    fr: [
      `${subject} emploie une équipe de bénévoles pour réparer des vélos.`,
      `Les visiteurs de ${subject} reçoivent une remise le week-end.`,
      `${subject} fut vendu à une compagnie maritime après un long litige.`,
    ],
    ar: [
      "يحصل الزوار على خصم خاص في عطلة نهاية الأسبوع.",
      "يعمل فريق من المتطوعين على إصلاح الدراجات القديمة.",
      "بيعت الشركة لاحقا إلى مستثمر أجنبي بعد نزاع طويل.",
    ],
  };
  return said[language][seed % 3];
};

/** Every way to spoil a claim, by kind. */
export const PLANTS: readonly { kind: PlantKind; name: string; plant: Plant }[] = [
  { kind: "number", name: "far", plant: moveNumber(13) },
  { kind: "number", name: "one more", plant: moveNumber(1) },
  { kind: "number", name: "another of the passage", plant: numberOfPassage },
  { kind: "number", name: "number word", plant: countWord },
  { kind: "number", name: "unit", plant: unit },
  { kind: "number", name: "month", plant: month },
  { kind: "name", name: "from nowhere", plant: nameOf(() => "the Valtameri") },
  { kind: "name", name: "of another sentence", plant: nameOf(({ other }) => other) },
  { kind: "name", name: "two swapped", plant: namesSwapped },
  { kind: "name", name: "word replaced (ar)", plant: wordSwapped },
  { kind: "negation", name: "inserted", plant: inserted },
  { kind: "negation", name: "removed", plant: removed },
  { kind: "negation", name: "opposite", plant: opposite },
  { kind: "made up", name: "invented", plant: invented },
];
