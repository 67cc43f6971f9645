/*
 * Natural questions to three real knowledge bases: is there an answer where there should be, does it quote what it
 * must, and does the bot keep quiet where nothing answers?
 *
 * Part of `node bench/answers/run.ts`.
 */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { chunk, DEFAULT_CHUNK_OPTIONS } from "../../apps/server/src/modules/knowledge/extraction/chunk.ts";
import { extractDocument } from "../../apps/server/src/modules/knowledge/extraction/extract.ts";
import type { IndexTestContext } from "../../apps/server/src/modules/retrieval/testing/index-world.ts";
import { sharedData } from "../../apps/server/src/platform/text/testing/squad.ts";
import { answerCase, type CaseResult } from "./answer-case.ts";
import { indexSet, type Paragraph } from "./cases.ts";
import { SUPPORT_QUESTIONS, type SupportBase, type SupportQuestion } from "./support-questions.ts";

export const FOLDERS: Readonly<Record<SupportBase, () => string>> = {
  chatwoot: () => `${sharedData()}/docs/kb/chatwoot`,
  fastify: () => `${sharedData()}/docs/kb/fastify`,
  guide: () => resolve(import.meta.dirname, "../../docs/guide"),
};

export interface SupportResult extends CaseResult {
  asked: SupportQuestion;
}

/** Asks every question of its own knowledge base, which is read and cut as the product does. */
export async function askSupport(
  ctx: IndexTestContext,
  bases: readonly SupportBase[],
): Promise<SupportResult[]> {
  const results: SupportResult[] = [];
  for (const base of bases) {
    const searchable = await indexSet(ctx, { paragraphs: await readFolder(FOLDERS[base]()) });
    for (const asked of SUPPORT_QUESTIONS.filter((question) => question.base === base)) {
      const { whole } = await searchable.search(asked.question);
      const result = await answerCase({
        kind: asked.holds ? "held" : "another domain",
        question: asked.question,
        language: "en",
        answers: [],
        evidence: whole,
      });
      const isRight = result.isAnswered && (asked.holds?.test(result.text.toLowerCase()) ?? false);
      results.push({ ...result, isRight, asked });
    }
  }
  return results;
}

export async function readFolder(folder: string): Promise<Paragraph[]> {
  const paragraphs: Paragraph[] = [];
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    /\.mdx?$/.test(file),
  );
  for (const file of files.sort()) {
    const fileName = basename(file);
    const extraction = await extractDocument({ bytes: readFileSync(join(folder, file)), fileName });
    for (const { text, headingPath } of chunk(extraction, DEFAULT_CHUNK_OPTIONS)) {
      paragraphs.push({ title: extraction.title ?? fileName, text, headingPath });
    }
  }
  return paragraphs;
}

/** A line of the table. */
export function summarise(results: readonly SupportResult[]): Record<string, number> {
  const answerable = results.filter(({ asked }) => asked.holds);
  const others = results.filter(({ asked }) => !asked.holds);
  return {
    "with an answer": answerable.length,
    answered: answerable.filter(({ isAnswered }) => isAnswered).length,
    right: answerable.filter(({ isRight }) => isRight).length,
    without: others.length,
    "falsely answered": others.filter(({ isAnswered }) => isAnswered).length,
  };
}
