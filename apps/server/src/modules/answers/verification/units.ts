import { fold } from "../../../platform/text/index.ts";

/* Measures that follow a number, folded: English, French, Arabic. */

/** Of a unit: what it measures, and how many of the smallest such there are in it. */
export interface Unit {
  name: string;
  measures: string;
  factor: number;
}

const LIST: readonly (readonly [string, string, number, string])[] = [
  ["%", "share", 1, "% ٪ percent percentage pourcent المئه بالمئه بالمائه"],
  ["$", "dollars", 1, "$ usd dollar dollars دولار دولارا دولارات"],
  ["€", "euros", 1, "€ eur euro euros يورو"],
  ["£", "pounds", 1, "£ gbp"],
  ["seconds", "time", 1, "s sec second seconds seconde secondes ثانيه ثوان ثواني"],
  ["minutes", "time", 60, "min minute minutes دقيقه دقائق"],
  ["hours", "time", 3_600, "hour hours heure heures ساعه ساعات"],
  ["days", "time", 86_400, "day days jour jours يوم يوما ايام"],
  ["weeks", "time", 604_800, "week weeks semaine semaines اسبوع اسبوعا اسابيع"],
  ["months", "months", 1, "month months mois شهر شهرا اشهر شهور"],
  ["years", "months", 12, "year years an ans annee annees سنه سنوات سنين عام عاما اعوام"],
  ["decades", "months", 120, "decade decades decennie decennies عقد عقود"],
  ["centuries", "months", 1_200, "century centuries siecle siecles قرن قرون"],
  ["mm", "length", 1, "mm millimeter millimeters millimetre millimetres مليمتر ملم"],
  ["cm", "length", 10, "cm centimeter centimeters centimetre centimetres سنتيمتر سم"],
  ["metres", "length", 1_000, "m meter meters metre metres متر مترا امتار"],
  ["km", "length", 1_000_000, "km kilometer kilometers kilometre kilometres كم كيلومتر كيلومترا كيلومترات"],
  ["inches", "inches", 1, "inch inches pouce pouces بوصه بوصات"],
  ["feet", "feet", 1, "ft foot feet pied pieds قدم قدما اقدام"],
  ["yards", "yards", 1, "yd yard yards يارده يارد"],
  ["miles", "miles", 1, "mi mile miles mille-marin ميل ميلا اميال"],
  ["g", "mass", 1, "g gram grams gramme grammes غرام جرام"],
  ["kg", "mass", 1_000, "kg kilogram kilograms kilogramme kilogrammes كيلوغرام كجم كغ"],
  ["tonnes", "mass", 1_000_000, "tonne tonnes طن اطنان"],
  ["acres", "acres", 1, "acre acres فدان"],
  ["hectares", "hectares", 1, "ha hectare hectares هكتار هكتارا"],
  ["KB", "data", 1, "kb ko كيلوبايت"],
  ["MB", "data", 1_000, "mb mo megabyte megabytes ميغابايت ميجابايت"],
  ["GB", "data", 1_000_000, "gb go gigabyte gigabytes غيغابايت جيجابايت"],
  ["points", "points", 1, "point points نقطه نقاط"],
];
const UNITS = new Map<string, Unit>(
  LIST.flatMap(([name, measures, factor, words]) =>
    fold(words)
      .split(" ")
      .map((word) => [word, { name, measures, factor }] as const),
  ),
);

/** A measure right behind a number; "square" and the like stand between. */
const BEHIND =
  /^(?:[ -]?(?:(?:square|cubic|us|american|light|nautical|carres?|pour|per|في|working|business|full|whole)[ -]))?[ -]?(?:(%|٪|\$|€|£)|(cents?(?= )|cents?$)|(\p{L}+))/u;

/** The unit with which the folded text goes on, if it is one that we know. */
export function unitBehind(rest: string): Unit | undefined {
  const [, sign, cent, word] = BEHIND.exec(rest) ?? [];
  if (cent !== undefined) return /^[ -]?(?:pour|per)/.test(rest) ? UNITS.get("%") : undefined;
  if (word === "m" || word === "s" || word === "g" || word === "mi" || word === "go" || word === "mo")
    return /^ ?\p{L}+(?!\p{L}|['’])/u.test(rest) && !/^ /.test(rest) ? UNITS.get(word) : undefined;
  return UNITS.get(sign ?? word ?? "");
}

/** The unit of a currency's sign before a number. */
export function currencyBefore(before: string): Unit | undefined {
  return UNITS.get(/([$€£])\s?$/.exec(before)?.[1] ?? "");
}
