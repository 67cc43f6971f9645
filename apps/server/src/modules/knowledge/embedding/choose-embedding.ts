import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { emit } from "../../../platform/events/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { embeddingChoices, embeddingModel } from "../../models/index.ts";
import { activeSpace, describeSpaces, openSpace, stopBuilding } from "../../retrieval/index.ts";
import { embeddingChanged } from "../knowledge.events.ts";
import { embeddingQueue } from "../knowledge.jobs.ts";
import { builtinSpace } from "./builtin-space.ts";
import type { EmbeddingState } from "./embedding.schema.ts";
import { embeddingState } from "./read-embedding.ts";

/**
 * From now on the knowledge base is being embedded with `model`, beside the one that searches; once every
 * passage is, a single step switches. What was built of it before is taken up again, also after a failure.
 * Another model that was being built stops. Choosing the active one only stops what is being built.
 * VALIDATION_ERROR for a model that is not connected or has too many dimensions, UNAVAILABLE for one whose
 * connection is gone.
 */
export async function chooseEmbedding(
  ctx: Ctx,
  input: { knowledgeBaseId: string; model: string },
): Promise<EmbeddingState> {
  assertCan(ctx.actor, "manage knowledge");
  const { knowledgeBaseId, model } = input;
  return inTx(ctx, async (ctx) => {
    const before = await activeSpace(ctx, knowledgeBaseId);
    const dimensions = await dimensionsOf(ctx, knowledgeBaseId, model);
    const space = await openSpace(ctx, { knowledgeBaseId, model, dimensions });
    if (space.status === "building" && !space.isGoingOn) {
      await ctx.jobs.enqueue(embeddingQueue, { tenantId: ctx.tenantId, knowledgeBaseId, spaceId: space.id });
    }
    await recordAudit(ctx, {
      action: "embedding.chosen",
      subjectType: "knowledge base",
      subjectId: knowledgeBaseId,
      before: { model: before.model },
      after: { model },
    });
    await emit(ctx, embeddingChanged, { knowledgeBaseId });
    return embeddingState(ctx, knowledgeBaseId);
  });
}

/** Stops what is being built. It keeps what it has; the active model searches on as it did. */
export async function cancelEmbedding(ctx: Ctx, input: { knowledgeBaseId: string }): Promise<EmbeddingState> {
  assertCan(ctx.actor, "manage knowledge");
  const { knowledgeBaseId } = input;
  return inTx(ctx, async (ctx) => {
    if (await stopBuilding(ctx, { knowledgeBaseId })) {
      await recordAudit(ctx, {
        action: "embedding.cancelled",
        subjectType: "knowledge base",
        subjectId: knowledgeBaseId,
      });
      await emit(ctx, embeddingChanged, { knowledgeBaseId });
    }
    return embeddingState(ctx, knowledgeBaseId);
  });
}

/** As the connection's test showed them, or the model's files; of a model that is not connected any more, as its vectors have. */
async function dimensionsOf(ctx: TxCtx, knowledgeBaseId: string, model: string): Promise<number> {
  const builtin = builtinSpace(ctx);
  if (model === builtin.model) return builtin.dimensions;
  const choice = (await embeddingChoices(ctx)).find(({ name }) => name === model);
  if (choice) return choice.dimensions;
  const kept = (await describeSpaces(ctx, knowledgeBaseId)).find((space) => space.model === model);
  if (!kept) {
    const text = `${model} is not connected. Connect it in Settings, Models, as an embedding model first.`;
    throw new AppError("VALIDATION_ERROR", text);
  }
  await embeddingModel(ctx, model); // throws unless its provider can be asked
  return kept.dimensions;
}
