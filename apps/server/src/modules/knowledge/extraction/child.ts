/**
 * The process in which files are parsed: one file at a time, nothing kept between files. It runs without
 * environment, with read access to code only, and may be killed at any moment.
 */
import { extractDocument } from "./extract.ts";
import type { ChildAnswer } from "./protocol.ts";
import type { ExtractionInput } from "./types.ts";
import { ExtractionError } from "./types.ts";

// The only sender is the pool, which sends nothing else.
process.on("message", async (input: ExtractionInput) => {
  process.send?.(await answerTo(input));
});

async function answerTo(input: ExtractionInput): Promise<ChildAnswer> {
  try {
    return { ok: true, extraction: await extractDocument(input) };
  } catch (error) {
    // `extractDocument` throws nothing else; any other error here ends the process, which the pool reports.
    if (!(error instanceof ExtractionError)) throw error;
    return { ok: false, code: error.code, message: error.message };
  }
}
