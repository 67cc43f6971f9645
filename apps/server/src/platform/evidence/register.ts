import { fold, type Language } from "../text/index.ts";

/*
 * Who speaks to whom. A customer's question is of their own affairs ("my card", "do you deliver", "how to cancel"), and
 * the pages that answer it speak to them ("your card", "we deliver", "click"). A text that does neither, such as an
 * encyclopedia, shares a customer's words by accident only.
 */

// Patterns meet the folded text: no accents, no hamza, plain yeh and heh.
const PERSONAL: Readonly<Record<Language, RegExp>> = {
  en: /^how to\b|\b(?:my|me|mine|our|ours|you|your|yours|myself)\b|\bi'(?:m|ve|d|ll)\b|(?:^|\b(?:can|do|did|should|could|may|might|must|will|would|am|was|if|when|that|have|had|why|how|what|where|but|and|because) )i\b(?! [a-z]*\.)/,
  fr: /\b(?:je|mon|mes|moi|vous|votre|vos|nous|notre|nos)\b|\b[jm]'(?=[a-z])|^comment (?:s'|se )?[a-z]+(?:er|ir|re)\b|(?<!\bde )\bma\b|-(?:je|nous|vous|moi)\b/,
  ar: /(?<!\p{L})(?:انا|لي|بي|عندي|لدي|معي|مني|يمكنني|استطيع|اقدر|بقدر|اريد|ابغي|بدي|احتاج|احصل|حسابي|بطاقتي|بطاقاتي|طلبي|اموالي|فلوسي|رصيدي|هاتفي|هويتي|لديكم|عندكم|هل يمكنك|انتم|خدمتكم)(?!\p{L})/u,
  other: /(?!)/,
};
const ADDRESSING: Readonly<Record<Language, RegExp>> = {
  en: /\b(?:you|your|yours|please)\b|\b(?:we|our) (?!\w+ed\b)|^\W*(?:click|go to|open|select|choose|run|set|use|add|enter|create|install)\b/m,
  fr: /\b(?:vous|votre|vos|veuillez)\b|\b(?:nous|notre|nos)\b|^\W*(?:cliquez|allez|ouvrez|choisissez|ajoutez|saisissez|utilisez|creez)\b/m,
  ar: /(?<!\p{L})(?:يمكنك|يمكنكم|لديك|لديكم|عليك|حسابك|بطاقتك|طلبك|نحن|لدينا|نقدم|نوفر|يرجي|اضغط|انقر|اختر|افتح|ادخل|قم ب\p{L}+|انت|اذا كنت)(?!\p{L})/u,
  other: /(?:)/,
};

export function isPersonal(question: string, language: Language): boolean {
  return PERSONAL[language].test(fold(question));
}

/** True if the text speaks to its reader or for whom it speaks of; of a language that is not known, true. */
export function addressesReader(text: string, language: Language): boolean {
  return ADDRESSING[language].test(fold(text));
}
