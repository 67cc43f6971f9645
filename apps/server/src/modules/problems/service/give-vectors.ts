import { and, eq } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { findBot } from "../../bots/index.ts";
import { embedByMeaning } from "../../knowledge/index.ts";
import { problemQuestions } from "../problems.tables.ts";
import { mostGrouped, questionsToGroup } from "./regroup.ts";

const batch = 64;

/**
 * Gives a bot's questions vectors of its knowledge base's present model, where that knows meaning. One that fails leaves
 * the rest to their words.
 */
export async function giveVectors(ctx: Ctx, botId: string): Promise<void> {
  const { knowledgeBaseId, rows } = await inTx(ctx, async (ctx) => ({
    ...(await findBot(ctx, botId)),
    rows: await questionsToGroup(ctx, botId),
  }));
  let model: string | null = null;
  for (let at = 0; at < Math.min(rows.length, mostGrouped); at += batch) {
    const due = rows
      .slice(at, at + batch)
      .filter(({ vectorModel }) => model === null || vectorModel !== model);
    if (due.length === 0) continue;
    const made = await embedByMeaning(ctx, { knowledgeBaseId, texts: due.map(({ question }) => question) });
    if (!made) return;
    model = made.model;
    await inTx(ctx, async (ctx) => {
      for (const [index, { id }] of due.entries()) {
        await ctx.tx
          .update(problemQuestions)
          .set({ vector: made.vectors[index] ?? null, vectorModel: made.model })
          .where(and(eq(problemQuestions.tenantId, ctx.tenantId), eq(problemQuestions.id, id)));
      }
    });
  }
}
