import { stemmer as stemEnglish } from "@orama/stemmers/english";
import { stemmer as stemFrench } from "@orama/stemmers/french";
import type { Language } from "./language.ts";
import { stemArabic } from "./stem-arabic.ts";

const HAS_DIGIT = /\p{N}/u;

/** The stem of a folded term. Terms with digits and terms of language "other" are their own stem. */
export function stem(term: string, language: Language): string {
  if (language === "other" || HAS_DIGIT.test(term)) return term;
  if (language === "ar") return stemArabic(term);
  return language === "en" ? stemEnglish(term) : stemFrench(term);
}
