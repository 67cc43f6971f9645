import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { z } from "zod";

const Squad = z.object({
  data: z.array(
    z.object({
      title: z.string(),
      paragraphs: z.array(
        z.object({
          context: z.string(),
          qas: z.array(z.object({ question: z.string(), answers: z.array(z.object({ text: z.string() })) })),
        }),
      ),
    }),
  ),
});

/** A question with the paragraph (by its place in `paragraphs`) and the accepted answers. */
export interface Question {
  text: string;
  paragraph: number;
  answers: string[];
}

export interface QuestionSet {
  name: string;
  paragraphs: { title: string; text: string }[];
  questions: Question[];
}

/** The folder of public test data: PARLANCE_SHARED_DATA, or `../shared/data` beside the repository. */
export function sharedData(): string {
  return process.env.PARLANCE_SHARED_DATA ?? resolve(import.meta.dirname, "../../../../../../../shared/data");
}

/** Reads `qa/<name>.json.gz` (SQuAD form); undefined, with the reason printed, if it is not there. */
export function readQuestionSet(name: string): QuestionSet | undefined {
  const path = `${sharedData()}/qa/${name}.json.gz`;
  if (!existsSync(path)) {
    process.stderr.write(`skipped: ${name} is not in the shared test data (set PARLANCE_SHARED_DATA)\n`);
    return undefined;
  }
  const { data } = Squad.parse(JSON.parse(gunzipSync(readFileSync(path)).toString("utf8")));
  const set: QuestionSet = { name, paragraphs: [], questions: [] };
  for (const article of data) {
    for (const { context, qas } of article.paragraphs) {
      const paragraph = set.paragraphs.push({ title: article.title.replaceAll("_", " "), text: context }) - 1;
      for (const { question, answers } of qas) {
        if (answers.length === 0) continue;
        set.questions.push({ text: question, paragraph, answers: answers.map((answer) => answer.text) });
      }
    }
  }
  return set;
}
