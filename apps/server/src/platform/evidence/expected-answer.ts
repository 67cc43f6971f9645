import { fold, type Language } from "../text/index.ts";

/** What kind of thing a question asks for, as far as its question word tells. */
export type AnswerKind = "number" | "date" | "person" | "place" | "reason" | "definition" | "method";

type Rule = readonly [AnswerKind, RegExp];

// Patterns meet the folded question: no accents, no hamza, plain yeh and heh.
const RULES: Readonly<Record<Language, readonly Rule[]>> = {
  en: [
    [
      "date",
      /\bwhen\b|\b(?:what|which) (?:\w+ )?(?:year|date|day|month|century|decade|time)\b|\bsince what\b/,
    ],
    ["number", /\bhow (?:many|much|long|old|far|tall|high|large|big|often|fast|deep|wide)\b/],
    ["number", /\bwhat (?:\w+ )?(?:percent|percentage|number|amount|price|age|population|cost|fee|rate)\b/],
    ["person", /\bwho(?:se|m)?\b/],
    ["place", /\bwhere\b|\b(?:what|which) (?:city|country|state|place|town|region|county)\b/],
    ["reason", /\bwhy\b|\bwhat (?:is|was) the (?:reason|cause)\b/],
    ["definition", /^what (?:is|are) (?:an? )?[\w-]+(?: [\w-]+)?\W*$|\bwhat does \S+ mean\b/],
    ["method", /\bhow (?:do|can|could|should|would|may|to)\b/],
  ],
  fr: [
    ["date", /\bquand\b|\bquel(?:le)?s? (?:annee|date|jour|mois|siecle|heure|epoque|periode)s?\b/],
    [
      "number",
      /\bcombien\b|\bquel(?:le)?s? (?:\w+ )?(?:nombre|pourcentage|prix|age|montant|taux|duree|taille|superficie|population|distance|tarif|cout)\b/,
    ],
    ["person", /^(?:\w+ )?qui\b(?! est-ce qui)|\bqui est-ce\b/],
    [
      "place",
      /\bou (?:est|se|sont|a|ont|peut|puis|etait|fut|vit|habite)\b|\bquel(?:le)?s? (?:ville|pays|region|lieu|endroit|departement)s?\b/,
    ],
    ["reason", /\bpourquoi\b|\bquelle est la (?:raison|cause)\b/],
    ["definition", /^qu'est-ce qu(?:e|')\s?(?:une?|l[ae']|les)?\s?\S+(?: \S+)?\W*$/],
    ["method", /\bcomment (?:puis|peut|faire|pouvez|dois|doit|on|\w+er|\w+ir|\w+re)\b/],
  ],
  ar: [
    ["date", /متي|(?:اي|ما|ماهو|هو|هي) (?:عام|سنه|تاريخ|يوم|شهر|قرن|عقد)/],
    ["number", /(?:^|\s)(?:ب|ل)?كم(?:\s|$)|ما (?:هو |هي )?(?:عدد|نسبه|مقدار|سعر|ثمن|المبلغ|مساحه|طول)/],
    ["person", /^\P{L}*(?:ل|ب)?من(?:\s|$)/u],
    ["place", /(?:^|\s)اين(?:\s|$)|اي (?:مدينه|دوله|بلد|منطقه|مكان|ولايه)/],
    ["reason", /(?:^|\s)(?:لماذا|لم)(?:\s|$)|ما (?:هو )?(?:سبب|السبب)/],
    ["definition", /^ما (?:هو |هي )(?:\S+)(?: \S+)?\P{L}*$/u],
    ["method", /كيف (?:يمكن|استطيع|اقوم|يتم|ا)/],
  ],
  other: [],
};

/** The kind of answer that `question` asks for; undefined when its form does not say. */
export function expectedAnswer(question: string, language: Language): AnswerKind | undefined {
  const folded = fold(question).trim();
  return RULES[language].find(([, pattern]) => pattern.test(folded))?.[0];
}

const HOW_TO: Readonly<Record<Language, RegExp>> = {
  en: /\bhow (?:do|does|can|could|should|would|may|might|to)\b|\b(?:steps?|way) to\b|^(?:show|tell) me how\b/,
  fr: /\bcomment\b|\bquelles? (?:est|sont) (?:la|les) (?:etapes?|procedures?|marche)\b/,
  ar: /كيف|(?:ما|ماهي) (?:هي )?(?:خطوات|طريقه)/,
  other: /(?!)/,
};

/** True if `question` asks for a way to do something, which steps and code answer. */
export function isHowTo(question: string, language: Language): boolean {
  return HOW_TO[language].test(fold(question));
}

const DIGITS = /\p{Nd}+/gu;
const NUMBER_WORD =
  /\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|half|third|quarter|dozens?|hundreds?|thousands?|millions?|billions?|once|twice|deux|trois|quatre|cinq|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|quarante|cinquante|cent|mille|milliers?|milliards?|moitie|tiers)\b|(?:^|\s)(?:و|ب|ل)?(?:ال)?(?:واحد|اثن[اي]ن|ثلاث|اربع|خمس|ست|سبع|ثمان|تسع|عشر|مئ|ماي|الف|الاف|مليون|ملايين|مليار|نصف|ثلث|ربع)/;
const MONTH =
  /\b(?:january|february|march|april|may|june|july|august|september|october|november|december|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|monday|tuesday|wednesday|thursday|friday|saturday|sunday|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|century|centuries|siecles?)\b|(?:يناير|فبراير|مارس|ابريل|مايو|يونيو|يوليو|اغسطس|سبتمبر|اكتوبر|نوفمبر|ديسمبر|القرن)/;
const YEAR = /(?<!\p{Nd})[12]\p{Nd}{3}(?!\p{Nd})/gu;
const INNER_NAME = /(?<=[\p{Ll}\p{N},;:’'"«(“]\s?["«(“]?)\p{Lu}[\p{L}\p{M}'’-]+/gu;
const REASON =
  /\b(?:because|due to|since|therefore|thus|so that|in order to|caused|reason|result|parce|car|afin|raison|cause|grace|puisque|pour)\b|(?:بسبب|لان|لكي|نتيجه|لذلك|من اجل|نظرا)/;

/** Up to four words, then the verb that defines them. */
const DEFINITION =
  /^\W*(?:[^\s,;:]+ ){1,4}(?:is|are|means|refers to|est|sont|designe|signifie) (?:an?|the|une?|l[ae]|les|des|used|when|how|what)\b|^(?:\S+ ){1,4}(?:هو|هي|يعني|عباره عن)(?:\s|$)/;
/** What tells a reader to do something, or what doing something leads to. */
const METHOD =
  /^\W*(?:to|use|set|add|run|call|click|go|open|select|choose|install|create|enable|configure|pass|start|first|pour|utilisez|cliquez|ouvrez|allez|ajoutez|choisissez|selectionnez)\b|\byou (?:can|need|must|should|have to)\b|\b(?:by|using|with) (?:\w+ing|the|an?)\b|\bvous (?:pouvez|devez)\b|(?:يمكنك|اضغط|استخدم|افتح|قم ب|اختر)/;

/** True if `sentence` holds something of the wanted kind that the question itself did not already name. */
export function holdsAnswer(kind: AnswerKind, sentence: string, question: string): boolean {
  const folded = fold(sentence);
  const asked = fold(question);
  const isNew = (found: string): boolean => !asked.includes(fold(found));
  switch (kind) {
    case "number":
      return (folded.match(DIGITS) ?? []).some(isNew) || NUMBER_WORD.test(folded);
    case "date":
      return (folded.match(YEAR) ?? []).some(isNew) || MONTH.test(folded);
    case "person":
    case "place":
      return (sentence.match(INNER_NAME) ?? []).some(isNew);
    case "definition":
      return DEFINITION.test(folded);
    case "method":
      return METHOD.test(folded);
    case "reason":
      return REASON.test(folded);
  }
}
