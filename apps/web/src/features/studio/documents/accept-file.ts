/** What the server takes; checked before a byte is sent, so that a refusal comes at once. */
export const maxFileBytes = 50 * 1024 * 1024;

const mediaTypes: Readonly<Record<string, string>> = {
  pdf: "application/pdf",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  txt: "text/plain",
  text: "text/plain",
  md: "text/markdown",
  markdown: "text/markdown",
  mdx: "text/markdown",
  html: "text/html",
  htm: "text/html",
  xhtml: "application/xhtml+xml",
  csv: "text/csv",
  tsv: "text/tab-separated-values",
  json: "application/json",
  jsonl: "application/jsonl",
  ndjson: "application/x-ndjson",
};

/** For the file picker's `accept`. */
export const acceptedExtensions: string = Object.keys(mediaTypes)
  .map((extension) => `.${extension}`)
  .join(",");

export type Refusal = "type" | "size" | "empty";

type FileFacts = Pick<File, "name" | "size" | "type">;

/** Why a file would be refused; null when it can be sent. */
export function refusalOf(file: FileFacts): Refusal | null {
  if (mediaTypeOf(file) === null) return "type";
  if (file.size === 0) return "empty";
  return file.size > maxFileBytes ? "size" : null;
}

/**
 * The media type to send. The extension decides, since browsers guess badly (CSV often arrives as an Excel
 * type); without a known one, the browser's guess does if it is among those accepted. Null: not accepted.
 */
export function mediaTypeOf(file: Pick<FileFacts, "name" | "type">): string | null {
  const extension = /\.([^.]+)$/.exec(file.name)?.[1]?.toLowerCase() ?? "";
  const guessed = file.type.split(";", 1)[0] ?? "";
  return mediaTypes[extension] ?? Object.values(mediaTypes).find((type) => type === guessed) ?? null;
}
