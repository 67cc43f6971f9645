import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { embedTexts, SpaceSwitched } from "../../retrieval/index.ts";
import { askEmbedder } from "./ask-embedder.ts";

/** Who switches so often that work of seconds never fits between two times is not waited for. */
export const MOST_SWITCHES = 5;

/**
 * Has vectors of the active space made and gives them to `write`, in a transaction. When the knowledge base
 * is switched to another model between the two, once more with that model's: what `write` adds to the
 * index is of one model always. Throws EmbeddingFailed when there are no vectors.
 */
export async function withVectors(
  ctx: Ctx,
  { knowledgeBaseId, texts }: { knowledgeBaseId: string; texts: string[] },
  write: (ctx: TxCtx, made: { spaceId: string; vectors: number[][] }) => Promise<void>,
): Promise<void> {
  for (let tried = 1; ; tried++) {
    const { space, answer } = await askEmbedder(ctx, { knowledgeBaseId, texts }, ({ model }, signal) =>
      embedTexts(model, texts, { signal }),
    );
    try {
      await inTx(ctx, (ctx) => write(ctx, { spaceId: space.id, vectors: answer.vectors }));
      return;
    } catch (error) {
      if (!(error instanceof SpaceSwitched) || tried === MOST_SWITCHES) throw error;
    }
  }
}
