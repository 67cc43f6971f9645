import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { poorAnswers } from "../../answers/index.ts";
import { findBot } from "../../bots/index.ts";
import { setOccurrences, signsOf } from "./record-answer.ts";

const batch = 50;
/** So many answers are looked at, the oldest first. */
const mostCollected = 10_000;

/**
 * Keeps the occurrences of answers from before they were kept, and of any that was missed. Those that are there stay as
 * they are, so that it can be repeated.
 */
export async function collectPast(ctx: Ctx, botId: string): Promise<void> {
  let after: string | null = null;
  for (let seen = 0; seen < mostCollected; seen += batch) {
    const last: string | null = await inTx(ctx, async (ctx) => {
      await findBot(ctx, botId, { lock: true });
      const answers = await poorAnswers(ctx, { botId, after, limit: batch });
      for (const answer of answers) await setOccurrences(ctx, answer, signsOf(answer), null);
      return answers.length < batch ? null : (answers.at(-1)?.id ?? null);
    });
    if (last === null) return;
    after = last;
  }
}
