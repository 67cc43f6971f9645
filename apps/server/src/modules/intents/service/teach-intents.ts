import { and, eq } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { emit } from "../../../platform/events/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { findBot } from "../../bots/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { intentsChanged } from "../intents.events.ts";
import { trainIntentsQueue } from "../intents.jobs.ts";
import { findIntent, type IntentRow, intentsOf, raiseRevision, trainingOf } from "../intents.queries.ts";
import { type Intent, type IntentList, mostExamplesOfBot, mostIntents } from "../intents.schema.ts";
import { intents } from "../intents.tables.ts";

/** A bot's intents, and how far it has learnt them. */
export async function listIntents(ctx: Ctx, { botId }: { botId: string }): Promise<IntentList> {
  assertCan(ctx.actor, "read bots");
  return inTx(ctx, async (ctx) => {
    await findBot(ctx, botId);
    const training = await trainingOf(ctx, botId);
    const isBehind = training !== undefined && training.trainedRevision !== training.revision;
    return {
      items: (await intentsOf(ctx, botId)).map(shown),
      training: {
        state: isBehind ? "training" : training?.isLearnt ? "trained" : "untaught",
        accuracy: training?.accuracy ?? null,
        trainedAt: training?.trainedAt ?? null,
      },
    };
  });
}

/** Teaches the bot a new intent. CONFLICT where it has one of the name, VALIDATION_ERROR past what is trained in seconds. */
export async function createIntent(
  ctx: Ctx,
  { botId, name, examples }: { botId: string; name: string; examples: string[] },
): Promise<Intent> {
  assertCan(ctx.actor, "manage bots");
  return inTx(ctx, async (ctx) => {
    await findBot(ctx, botId);
    await changed(ctx, botId);
    await assertFits(ctx, botId, { name, examples });
    const [row] = await ctx.tx
      .insert(intents)
      .values({
        tenantId: ctx.tenantId,
        id: newId(),
        botId,
        name,
        examples,
        createdAt: ctx.now(),
        updatedAt: ctx.now(),
      })
      .returning();
    if (!row) throw new Error("An intent was not inserted.");
    await recordAudit(ctx, {
      action: "intent.created",
      subjectType: "intent",
      subjectId: row.id,
      after: { name, examples: examples.length },
    });
    return shown(row);
  });
}

/** Changes what is given. Errors as `createIntent`, NOT_FOUND for an intent that is not there. */
export async function updateIntent(
  ctx: Ctx,
  { id, ...change }: { id: string; name?: string | undefined; examples?: string[] | undefined },
): Promise<Intent> {
  assertCan(ctx.actor, "manage bots");
  return inTx(ctx, async (ctx) => {
    const { botId } = await findIntent(ctx, id);
    await changed(ctx, botId);
    const before = await findIntent(ctx, id);
    const after = { name: change.name ?? before.name, examples: change.examples ?? before.examples };
    await assertFits(ctx, botId, { id, ...after });
    const [row] = await ctx.tx
      .update(intents)
      .set({ ...after, updatedAt: ctx.now() })
      .where(and(eq(intents.tenantId, ctx.tenantId), eq(intents.id, id)))
      .returning();
    if (!row) throw new Error("An intent went while it was changed.");
    await recordAudit(ctx, {
      action: "intent.updated",
      subjectType: "intent",
      subjectId: id,
      before: { name: before.name, examples: before.examples.length },
      after: { name: after.name, examples: after.examples.length },
    });
    return shown(row);
  });
}

export async function deleteIntent(ctx: Ctx, { id }: { id: string }): Promise<void> {
  assertCan(ctx.actor, "manage bots");
  await inTx(ctx, async (ctx) => {
    const { botId, name } = await findIntent(ctx, id);
    await changed(ctx, botId);
    await ctx.tx.delete(intents).where(and(eq(intents.tenantId, ctx.tenantId), eq(intents.id, id)));
    await recordAudit(ctx, {
      action: "intent.deleted",
      subjectType: "intent",
      subjectId: id,
      before: { name },
    });
  });
}

/** First in the transaction of every change: whoever changes the same bot's intents waits here. */
async function changed(ctx: TxCtx, botId: string): Promise<void> {
  await raiseRevision(ctx, botId);
  await ctx.jobs.enqueue(trainIntentsQueue, { tenantId: ctx.tenantId, botId });
  await emit(ctx, intentsChanged, { botId });
}

async function assertFits(
  ctx: TxCtx,
  botId: string,
  intent: { id?: string; name: string; examples: string[] },
): Promise<void> {
  const others = (await intentsOf(ctx, botId)).filter(({ id }) => id !== intent.id);
  if (others.some(({ name }) => name.toLowerCase() === intent.name.toLowerCase())) {
    throw new AppError(
      "CONFLICT",
      `The bot has an intent "${intent.name}" already. Add the examples to that one.`,
    );
  }
  if (others.length >= mostIntents) {
    throw new AppError("VALIDATION_ERROR", `A bot has at most ${mostIntents} intents.`);
  }
  const examples = others.reduce((sum, other) => sum + other.examples.length, intent.examples.length);
  if (examples > mostExamplesOfBot) {
    throw new AppError(
      "VALIDATION_ERROR",
      `A bot has at most ${mostExamplesOfBot} examples in all; these would be ${examples}.`,
    );
  }
}

function shown({ id, name, examples, updatedAt }: IntentRow): Intent {
  return { id, name, examples, updatedAt };
}
