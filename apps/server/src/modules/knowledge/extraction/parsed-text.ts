import type { Extraction } from "./types.ts";

/** What a format's parser returns: an extraction without the facts that are known beforehand. */
export type ParsedText = Pick<Extraction, "title" | "text" | "pages" | "blocks">;
