import type { Extraction, ExtractionErrorCode } from "./types.ts";

/** What the child process answers to one `ExtractionInput`. */
export type ChildAnswer =
  | { ok: true; extraction: Extraction }
  | { ok: false; code: ExtractionErrorCode; message: string };
