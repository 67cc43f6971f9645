/** From a file to chunks of text: `createExtractionPool().extract(file)`, then `chunk(extraction, options)`. */

export { assertReadableData } from "./check-data.ts";
export type { ChunkDraft, ChunkOptions } from "./chunk.ts";
export { chunk, DEFAULT_CHUNK_OPTIONS } from "./chunk.ts";
export { declaredCharset, decodeText } from "./decode.ts";
export { formatOf, SUPPORTED_FORMATS } from "./formats.ts";
export type { ExtractionPool, ExtractionPoolOptions } from "./pool.ts";
export { createExtractionPool } from "./pool.ts";
export type {
  Block,
  DocumentFormat,
  Extraction,
  ExtractionErrorCode,
  ExtractionInput,
  PageStart,
} from "./types.ts";
export { ExtractionError } from "./types.ts";
