/** Models that need no key and no download, behind the same interfaces as any provider's. */
export { Evidence } from "./evidence.ts";
export { ExtractiveLanguageModel } from "./extractive-language-model.ts";
export { HashEmbeddingModel } from "./hash-embedding-model.ts";
export { type SelectedSentence, type Selection, selectSentences } from "./select-sentences.ts";
