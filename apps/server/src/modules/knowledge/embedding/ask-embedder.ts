import { and, asc, eq } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { isAppError } from "../../../platform/errors/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { bots } from "../../bots/bots.tables.ts";
import { embeddingModel } from "../../models/index.ts";
import { activeSpace, type Embedder, type VectorSpace } from "../../retrieval/index.ts";
import { estimateTokens, recordModelUse, releaseBudget, reserveBudget } from "../../spending/index.ts";
import { EmbeddingFailed, embeddingFailure } from "./embedding-failed.ts";

interface Question {
  knowledgeBaseId: string;
  /** What the model is to read, for what that may cost. */
  texts: string[];
  /** Whose model is asked; the active space's by default. */
  find?: (ctx: TxCtx) => Promise<VectorSpace>;
  /** Milliseconds that the model may take, its retries too. */
  limit?: number;
  signal?: AbortSignal | undefined;
}

/** A model on a processor needs seconds for a batch; one that says nothing must not hold a worker for ever. */
const usualLimit = 120_000;

/**
 * Asks the model of one of a knowledge base's spaces, outside of any transaction. What it may cost is set
 * aside before, what it did cost is counted after. Throws EmbeddingFailed when it gives no vectors: its
 * connection is gone, the budget is used up, the provider refuses or is silent; the signal's reason when
 * that aborted.
 */
export async function askEmbedder<Answer extends { tokens: number }>(
  ctx: Ctx,
  {
    knowledgeBaseId,
    texts,
    signal,
    limit = usualLimit,
    find = (ctx) => activeSpace(ctx, knowledgeBaseId),
  }: Question,
  ask: (embedder: Embedder, signal: AbortSignal) => Promise<Answer>,
): Promise<{ space: VectorSpace; isBuiltin: boolean; answer: Answer }> {
  const inputTokens = estimateTokens(...texts);
  const { space, chosen, botId, reservation } = await inTx(ctx, async (ctx) => {
    const space = await find(ctx);
    const chosen = await embedderOf(ctx, space);
    const botId = chosen.isFree ? null : await payingBot(ctx, knowledgeBaseId);
    const money = { model: space.model, inputTokens, outputTokens: 0 };
    const reservation = botId ? await reserveBudget(ctx, { botId, ...money }) : null;
    return { space, chosen, botId, reservation };
  });
  if (reservation?.granted === false) throw new EmbeddingFailed(reservation.reason, false);
  let tokens = 0;
  try {
    const inTime = AbortSignal.timeout(limit);
    const embedder = { space, model: chosen.model };
    const answer = await ask(embedder, signal ? AbortSignal.any([signal, inTime]) : inTime);
    tokens = answer.tokens || inputTokens;
    return { space, isBuiltin: chosen.isBuiltin, answer };
  } catch (error) {
    signal?.throwIfAborted();
    throw embeddingFailure(error, space.model);
  } finally {
    if (!chosen.isFree) {
      await inTx(ctx, async (ctx) => {
        if (reservation?.id) await releaseBudget(ctx, reservation.id);
        if (tokens === 0) return;
        const use = { botId, purpose: "embedding" as const, model: space.model, outputTokens: 0 };
        await recordModelUse(ctx, { ...use, inputTokens: tokens });
      });
    }
  }
}

/** A connection that is gone is the owner's matter and not a fault of the request. */
async function embedderOf(ctx: TxCtx, space: VectorSpace) {
  try {
    return await embeddingModel(ctx, space.model);
  } catch (error) {
    if (isAppError(error)) throw embeddingFailure(error, space.model);
    throw error;
  }
}

/** The oldest bot over the knowledge base bears the cost. By its table: `bots` stands above this module. */
async function payingBot(ctx: TxCtx, knowledgeBaseId: string): Promise<string | null> {
  const [bot] = await ctx.tx
    .select({ id: bots.id })
    .from(bots)
    .where(and(eq(bots.tenantId, ctx.tenantId), eq(bots.knowledgeBaseId, knowledgeBaseId)))
    .orderBy(asc(bots.createdAt))
    .limit(1);
  return bot?.id ?? null;
}
