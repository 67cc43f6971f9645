import type { DocumentFormat } from "./types.ts";

interface FormatDescription {
  /** What people call it. */
  label: string;
  /** Lower case, without the dot; the first is the usual one. */
  extensions: readonly string[];
  /** Lower case; the first is the canonical one. */
  mediaTypes: readonly string[];
}

/** Every format that can be uploaded: the one list for validation, help texts and file pickers. */
export const SUPPORTED_FORMATS: Readonly<Record<DocumentFormat, FormatDescription>> = {
  pdf: { label: "PDF", extensions: ["pdf"], mediaTypes: ["application/pdf"] },
  docx: {
    label: "Word document",
    extensions: ["docx"],
    mediaTypes: ["application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
  },
  txt: { label: "Plain text", extensions: ["txt", "text"], mediaTypes: ["text/plain"] },
  md: { label: "Markdown", extensions: ["md", "markdown", "mdx"], mediaTypes: ["text/markdown"] },
  html: {
    label: "Web page (HTML)",
    extensions: ["html", "htm", "xhtml"],
    mediaTypes: ["text/html", "application/xhtml+xml"],
  },
  csv: {
    label: "Table (CSV)",
    extensions: ["csv", "tsv"],
    mediaTypes: ["text/csv", "text/tab-separated-values"],
  },
  json: {
    label: "JSON",
    extensions: ["json", "jsonl", "ndjson"],
    mediaTypes: ["application/json", "application/jsonl", "application/x-ndjson"],
  },
};

const FORMATS: readonly DocumentFormat[] = ["pdf", "docx", "txt", "md", "html", "csv", "json"];

/**
 * The format that a file claims to be: by its extension, or by its media type when the extension says nothing.
 * Browsers guess media types badly (CSV often arrives as an Excel type), so a known extension always wins.
 *
 * @returns null when neither is supported
 */
export function formatOf(fileName: string, mediaType?: string): DocumentFormat | null {
  const extension = /\.([^./\\]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? "";
  const bareMediaType = (mediaType ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  return (
    FORMATS.find((format) => SUPPORTED_FORMATS[format].extensions.includes(extension)) ??
    FORMATS.find((format) => SUPPORTED_FORMATS[format].mediaTypes.includes(bareMediaType)) ??
    null
  );
}

/** The media type that an extraction of this format carries. */
export function mediaTypeOf(format: DocumentFormat): string {
  return SUPPORTED_FORMATS[format].mediaTypes[0] ?? "application/octet-stream";
}

/** The supported formats as one readable list, for messages. */
export const SUPPORTED_LABELS = FORMATS.map((format) => SUPPORTED_FORMATS[format].label).join(", ");
