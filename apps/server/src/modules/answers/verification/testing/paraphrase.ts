import { COUNTS, MONTHS, type Spoken, SYNONYMS, word } from "./wording.ts";

/** A sentence said in another way, as true as it was; undefined where the rule finds nothing to change. */
export type Rewrite = (sentence: string, language: Spoken) => string | undefined;

const changed = (before: string, after: string): string | undefined => (after === before ? undefined : after);

const digitsOrWords: Rewrite = (sentence, language) => {
  const counts = COUNTS[language];
  if (new RegExp(`\\d (?:${MONTHS[language].join("|")})|½`, "u").test(sentence)) return undefined; // days are in digits
  const spelled = sentence.replace(
    /(?<![\p{L}\p{Nd}.,:/$€£[-]|\d )(\d{1,2})(?![\p{L}\p{Nd}.,:/%\]-]| \d| ?°)/u,
    (whole, digits) => counts[Number(digits) - 2] ?? whole,
  );
  if (spelled !== sentence) return spelled;
  return changed(
    sentence,
    counts.reduce((text, spelling, at) => text.replace(alone(spelling), String(at + 2)), sentence),
  );
};

/** Not a part of a longer number. */
const alone = (spelling: string): RegExp =>
  new RegExp(
    `(?<![-\\p{L}\\p{Nd}]|et )${spelling}(?![-\\p{L}\\p{Nd}]| (?:cent|mille|hundred|thousand))`,
    "u",
  );

const ARABIC_DIGITS = "٠١٢٣٤٥٦٧٨٩";
/** Another grouping in Latin script, the other digits in Arabic. */
const otherDigits: Rewrite = (sentence, language) => {
  if (language === "ar")
    return changed(
      sentence,
      sentence.replace(/\d/g, (digit) => ARABIC_DIGITS[Number(digit)] ?? digit),
    );
  const ungrouped = sentence.replace(/(?<!\d)(\d{1,3})[,\u00a0 ](\d{3})(?![\d,])/u, "$1$2");
  if (ungrouped !== sentence) return ungrouped;
  return changed(
    sentence,
    sentence.replace(/(?<![\d.,])(\d{1,3}) (million|millions)(?!\p{L})/u, (_whole, digits) =>
      language === "fr" ? `${digits} 000 000` : `${digits},000,000`,
    ),
  );
};

const otherDate: Rewrite = (sentence, language) => {
  const names = MONTHS[language].join("|");
  const monthOf = (name: string): number => MONTHS[language].indexOf(name) + 1;
  const padded = (value: number | string): string => String(value).padStart(2, "0");
  const dayFirst = new RegExp(`(?<!\\d)(\\d{1,2}) (${names}),? (\\d{4})`, "u");
  if (dayFirst.test(sentence))
    return sentence.replace(dayFirst, (_whole, day, month, year) =>
      language === "en" ? `${month} ${day}, ${year}` : `${padded(day)}/${padded(monthOf(month))}/${year}`,
    );
  const monthFirst = new RegExp(`(${names}) (\\d{1,2}), (\\d{4})`, "u");
  return changed(
    sentence,
    sentence.replace(
      monthFirst,
      (_whole, month, day, year) => `${year}-${padded(monthOf(month))}-${padded(day)}`,
    ),
  );
};

const synonyms: Rewrite = (sentence, language) => {
  let at = sentence;
  for (const [one, other] of SYNONYMS[language]) {
    if (word(one).test(at)) at = at.replace(word(one), other);
    else if (word(other).test(at)) at = at.replace(word(other), one);
  }
  return changed(sentence, at);
};

const otherVoice: Rewrite = (sentence, language) => {
  const rule =
    language === "en"
      ? /^([^,;:()]{3,60}?) (?:was|were) (\p{Ll}+ed) by ([^,;:()]{3,60}?)\.?$/u
      : language === "fr"
        ? /^([^,;:()]{3,60}?) (?:a été|ont été|est|fut) (\p{Ll}+é)e?s? par ([^,;:()]{3,60}?)\.?$/u
        : undefined;
  const [, object, verb, subject] = rule?.exec(sentence) ?? [];
  if (object && verb && subject)
    return `${capital(subject)} ${language === "fr" ? "a " : ""}${verb} ${lower(object)}.`;
  if (language !== "en") return undefined;
  const [, doer, did, what] =
    /^(\p{Lu}[\p{L} ]{2,40}?) (\p{Ll}{3,}ed) (the [^,;:().]{3,60})\.?$/u.exec(sentence) ?? [];
  return doer && did && what ? `${capital(what)} was ${did} by ${doer}.` : undefined;
};

const adverbialsDropped: Rewrite = (sentence) =>
  changed(
    sentence,
    sentence.replace(
      /(?<=\p{L}) (?:(?!only|nearly|barely|family|element|document|gouvernement|parlement|monument|moment|early|daily|likely|monthly|yearly|weekly)\p{Ll}{4,}(?:ly|ment)|also|very|then|aussi|très|ensuite|أيضاً|أيضا|جداً|جدا)(?= \p{L})/u,
      "",
    ),
  );

const clausesReordered: Rewrite = (sentence) => {
  const parts = /^([^,،"()]{12,}), ([^,،"()]{12,}?)[.]?$/u.exec(sentence.replaceAll("،", ","));
  return parts ? `${capital(parts[2] ?? "")}, ${lower(parts[1] ?? "")}.` : undefined;
};

const clauseDropped: Rewrite = (sentence) =>
  /^(.{30,}), [^,]{10,}\.$/u.exec(sentence.replaceAll("،", ","))?.[1]?.concat(".");

const framed: Rewrite = (sentence, language) =>
  ({
    en: `According to the documents, ${lower(sentence)}`,
    fr: `Selon les documents, ${lower(sentence)}`,
    ar: `وفقا للمستندات، ${sentence}`,
  })[language];

/** Several at once, as models do. */
const together: Rewrite = (sentence, language) => {
  const rules = [synonyms, adverbialsDropped, clausesReordered, digitsOrWords, otherDate];
  let at = sentence;
  let times = 0;
  for (const rule of rules) {
    const next = rule(at, language);
    if (next === undefined) continue;
    at = next;
    times++;
  }
  return times > 1 ? at : undefined;
};

/** Lower-cased only where it is an ordinary word that begins the sentence. */
function lower(text: string): string {
  return /^(?:There|Their|Three|Two|Four|Some|Many|Most|All|Both|Other|Such|Since|Although|However|During|From|With|Under|One|Each|But|And|Or|Durant|Deux|Trois|Mais|De|Du|La|Sur|Si|Avec|Plusieurs|Selon|The|A|An|In|On|At|It|He|She|They|This|These|For|As|By|After|Before|While|When|Its|His|Le|La|Les|L|Un|Une|En|Il|Elle|Ce|Cette|Dans|Au|Aux|Des|Ils|Elles|Pour|Par|Après|Avant)(?=[ '’])/u.test(
    text,
  )
    ? text.charAt(0).toLowerCase() + text.slice(1)
    : text;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What is quoted stays as it is: who changes a word of it misquotes. */
const unquoted =
  (rule: Rewrite): Rewrite =>
  (sentence, language) =>
    /["“”«»„]/u.test(sentence) ? undefined : rule(sentence, language);

/** True ways to say a sentence again, by name. */
export const REWRITES: Readonly<Record<string, Rewrite>> = {
  verbatim: (sentence) => sentence,
  "digits or words": unquoted(digitsOrWords),
  "other digits": otherDigits,
  "other date form": otherDate,
  synonyms: unquoted(synonyms),
  "other voice": otherVoice,
  "adverbials dropped": unquoted(adverbialsDropped),
  "clauses reordered": unquoted(clausesReordered),
  "clause dropped": unquoted(clauseDropped),
  framed,
  together: unquoted(together),
};
