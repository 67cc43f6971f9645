import { ExtractionError } from "./types.ts";

/**
 * Whether data that somebody pasted can be read, before it is kept. In this process: it is a text of bounded size
 * by someone signed in, and the parsers of data run no code and are guarded against depth.
 *
 * @throws {ExtractionError} EMPTY_FILE, TOO_COMPLEX, or MALFORMED with the place
 */
export async function assertReadableData(format: "json" | "csv", source: string): Promise<void> {
  const parsed =
    format === "csv"
      ? await (await import("./csv.ts")).parseCsv(source)
      : (await import("./json.ts")).parseJson(source);
  if (!/[^\s\p{Cc}\p{Cf}]/u.test(parsed.text)) {
    throw new ExtractionError("EMPTY_FILE", "There is no text in this data. Add at least one row or record.");
  }
}
