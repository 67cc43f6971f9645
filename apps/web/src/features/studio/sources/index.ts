export { SourceList } from "./source-list.tsx";
export { safeUrl, shortUrl } from "./source-words.ts";
export { useSources } from "./use-sources.ts";
