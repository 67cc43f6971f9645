import { fold, isStopWord, type Language, stemmed, tokenize } from "../../../platform/text/index.ts";

/** Words with which an answer frames what it says, and which a source need not hold. */
const FRAME: Readonly<Record<Language, string>> = {
  en:
    "check look looks see say says said list lists listed show shows showing go ahead sure certainly definitely actually " +
    "unfortunately indeed great okay ok yeah yep right let know according based document documents source sources " +
    "information context passage provided provide mention mentions mentioned state states stated note specify " +
    "location place sorry yes please however additionally also furthermore therefore overall generally",
  fr:
    "selon apres document documents source sources information informations contexte passage indique indiquent precise " +
    "mentionne mentionnent effectivement malheureusement toutefois cependant egalement voici voir savoir noter bien " +
    "outre donc ailleurs general",
  ar: "وفقا بحسب حسب المصدر المصادر الوثيقة الوثائق المستند السياق المعلومات يذكر تذكر يشير تشير للاسف ايضا كذلك لذلك لكن فعلا",
  other: "",
};

const stems = (language: Language): ReadonlySet<string> =>
  new Set(FRAME[language].split(" ").map((word) => stemmed(fold(word), language)));
const FRAME_STEMS = { en: stems("en"), fr: stems("fr"), ar: stems("ar"), other: stems("other") };

/** True if `stem` belongs to the frame of an answer ("according to the documents, …"), not to its content. */
export function isFrameWord(stem: string, language: Language): boolean {
  return FRAME_STEMS[language].has(stem);
}

const OPENING = /^[^,،:;.!?؟]{2,60}[,،:]\s*/u;
const DENIAL = /(?<!\p{L})(?:not?|never|none|without|sans|pas|jamais|لا|لم|لن|ليس|دون|بدون|غير)(?!\p{L})/iu;

/** How many characters of a claim only frame it: "According to the documents, …" */
export function frameLength(claim: string, language: Language): number {
  const [opening = ""] = OPENING.exec(claim) ?? [];
  const terms = tokenize(opening).map(({ term }) => term);
  const isFrame = (term: string): boolean => isFrameWord(stemmed(term, language), language);
  if (!terms.some(isFrame) || DENIAL.test(opening)) return 0;
  return terms.every((term) => isFrame(term) || isStopWord(term, language)) ? opening.length : 0;
}
