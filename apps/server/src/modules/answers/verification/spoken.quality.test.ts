import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { z } from "zod";
import { sharedData } from "../../../platform/text/testing/squad.ts";
import { verifyAnswer } from "./index.ts";

// Transcribed answers of human help-desk agents, each with the one FAQ entry that it rests on: honest
// paraphrases, full of spoken filler, that nobody wrote with this check in mind.
const FOLDER = `${sharedData()}/retrieval/dstc10_faq`;
const Entry = z.object({ _id: z.string(), title: z.string(), text: z.string() });
const Turn = z.object({ _id: z.string(), response: z.string().nullish() });

function readLines<T>(file: string, schema: z.ZodType<T>): T[] {
  const lines = gunzipSync(readFileSync(`${FOLDER}/${file}`))
    .toString("utf8")
    .trim()
    .split("\n");
  return lines.map((line) => schema.parse(JSON.parse(line)));
}

test("human answers against their FAQ entry, and against another one", () => {
  if (!existsSync(`${FOLDER}/turns.jsonl.gz`)) {
    process.stderr.write("skipped: dstc10_faq is not in the shared test data (set PARLANCE_SHARED_DATA)\n");
    return;
  }
  const entries = readLines("corpus.jsonl.gz", Entry);
  const answers = new Map(readLines("turns.jsonl.gz", Turn).map((turn) => [turn._id, turn.response ?? ""]));
  const pairs = readFileSync(`${FOLDER}/qrels.tsv`, "utf8").trim().split("\n").slice(1);
  let all = 0;
  let honestFlagged = 0;
  let contradicted = 0;
  let wrongFlagged = 0;
  for (const pair of pairs) {
    const [turn = "", entry] = pair.split("\t");
    const at = entries.findIndex(({ _id }) => _id === entry);
    const answer = answers.get(turn)?.replace(/[.!?\s]*$/, " [1]");
    const right = entries[at];
    const wrong = entries[(at + 500) % entries.length];
    if (!answer || !right || !wrong) continue;
    const judge = (passage: z.infer<typeof Entry>) =>
      verifyAnswer({ answer, passages: [{ number: 1, ...passage }] }).claims.find(
        ({ verdict }) => verdict !== "not_a_claim",
      );
    const honest = judge(right);
    if (!honest) continue;
    all++;
    if (honest.verdict !== "supported") honestFlagged++;
    if (honest.reasons.some((reason) => !reason.startsWith("only"))) contradicted++;
    if (judge(wrong)?.verdict !== "supported") wrongFlagged++;
  }
  process.stdout.write(
    `dstc10_faq: of ${all} answers, right entry: ${honestFlagged} unsupported (${contradicted} called contradictory); ` +
      `wrong entry: ${wrongFlagged} unsupported\n`,
  );
  expect(contradicted / all).toBeLessThan(0.05);
  expect(honestFlagged / all).toBeLessThan(0.4);
  expect(wrongFlagged / all).toBeGreaterThan(0.95);
});
