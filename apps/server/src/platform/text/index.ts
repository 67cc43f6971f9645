/** Reading text for search and checking: language, search form, terms, sentences. Pure; no I/O. */
export { analyze, stemmed } from "./analyze.ts";
export { closeness } from "./closeness.ts";
export { fold } from "./fold.ts";
export { type HarmlessHtml, harmlessHtml } from "./harmless-html.ts";
export { detectLanguage, knownLanguage, type Language } from "./language.ts";
export { languageCode } from "./language-code.ts";
export { tidyPhone } from "./phone.ts";
export { plainText } from "./plain-text.ts";
export { type Sentence, type SentenceKind, sentences } from "./sentences.ts";
export { isStopWord } from "./stop-words.ts";
export { type Token, tokenize } from "./tokens.ts";
export { visible } from "./visible.ts";
