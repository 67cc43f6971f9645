import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { activeSpace, embedTexts } from "../../retrieval/index.ts";
import { askEmbedder } from "./ask-embedder.ts";
import { EmbeddingFailed } from "./embedding-failed.ts";

/**
 * Vectors of length 1 of texts, by the knowledge base's active model and named after it. Null where the model is the
 * built-in one, which knows no meaning, or gives none now: words have to do. Never inside a transaction.
 */
export async function embedByMeaning(
  ctx: Ctx,
  { knowledgeBaseId, texts, limit }: { knowledgeBaseId: string; texts: string[]; limit?: number },
): Promise<{ model: string; vectors: number[][] } | null> {
  const { model } = await inTx(ctx, (ctx) => activeSpace(ctx, knowledgeBaseId));
  if (model.startsWith(`${ctx.ports.models.builtin.embedding.provider}:`)) return null;
  try {
    const { answer, space } = await askEmbedder(
      ctx,
      { knowledgeBaseId, texts, ...(limit === undefined ? {} : { limit }) },
      ({ model }, signal) => embedTexts(model, texts, { signal, maxRetries: 0 }),
    );
    return { model: space.model, vectors: answer.vectors.map(ofLengthOne) };
  } catch (error) {
    if (!(error instanceof EmbeddingFailed)) throw error;
    ctx.log.warn(
      { reason: error.reason, knowledgeBaseId },
      "questions got no vectors; comparing their words",
    );
    return null;
  }
}

function ofLengthOne(vector: readonly number[]): number[] {
  const length = Math.hypot(...vector);
  return length > 0 && Number.isFinite(length) ? vector.map((value) => value / length) : [...vector];
}
