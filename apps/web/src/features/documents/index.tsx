export { DocumentPage } from "./document-page.tsx";
export { DocumentReader, type DocumentReaderProps } from "./document-reader.tsx";
export { mediaTypeLabel } from "./media-type.ts";
export type { Span } from "./slice-text.ts";
