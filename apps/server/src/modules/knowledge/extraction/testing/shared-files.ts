import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import type { ExtractionInput } from "../types.ts";

const DOCS = resolve(
  process.env.PARLANCE_SHARED_DATA ?? resolve(import.meta.dirname, "../../../../../../../../shared/data"),
  "docs",
);

/** Whether the shared test data is there; says so when it is not, for its tests are then skipped. */
export function hasSharedDocuments(): boolean {
  if (existsSync(DOCS)) return true;
  process.stderr.write("skipped: docs/ is not in the shared test data (set PARLANCE_SHARED_DATA)\n");
  return false;
}

/** Names of all files in a folder of the shared documents, subfolders included, sorted. */
export function sharedFiles(folder: string, extension: string): string[] {
  return readdirSync(join(DOCS, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(extension))
    .sort()
    .map((name) => join(folder, name));
}

export function sharedFile(name: string): ExtractionInput {
  return { bytes: readFileSync(join(DOCS, name)), fileName: name };
}

/** What another program read in a file, by the file's name. */
export function referenceTexts(): Map<string, string> {
  const lines = gunzipSync(readFileSync(join(DOCS, "reference_text.jsonl.gz")))
    .toString()
    .trim()
    .split("\n");
  return new Map(
    lines.map((line) => {
      const { file, text }: { file: string; text: string } = JSON.parse(line);
      return [file, text];
    }),
  );
}

/** Share of the words of a reference, repetitions counted, that a text holds; 1 when the reference has none. */
export function wordRecall(reference: string, text: string): number {
  const expected = wordCounts(reference);
  const found = wordCounts(text);
  let total = 0;
  let hit = 0;
  for (const [word, count] of expected) {
    total += count;
    hit += Math.min(count, found.get(word) ?? 0);
  }
  return total === 0 ? 1 : hit / total;
}

function wordCounts(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  const words =
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
