import { inTx } from "../../../platform/ctx/index.ts";
import { emit } from "../../../platform/events/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { failBuilding, removeRetiredSpaces, stuckSpaces } from "../../retrieval/index.ts";
import { embeddingChanged } from "../knowledge.events.ts";

const hour = 3_600_000;
/** So long may one switch back without having everything embedded again. */
const keptFor = 30 * 24 * hour;

/** When the vectors of a space that is retired since `retiredAt` go. */
export function keptUntil(retiredAt: Date): Date {
  return new Date(retiredAt.getTime() + keptFor);
}

/** Ends builds whose worker is gone, so that their owner can try again; removes what is retired for long. */
export async function tidyEmbeddings(ctx: Ctx): Promise<void> {
  const before = (age: number) => new Date(ctx.now().getTime() - age);
  await inTx(ctx, async (ctx) => {
    for (const { knowledgeBaseId, spaceId } of await stuckSpaces(ctx, before(hour))) {
      await failBuilding(ctx, { knowledgeBaseId, spaceId, reason: stopped });
      await emit(ctx, embeddingChanged, { knowledgeBaseId });
    }
    const removed = await removeRetiredSpaces(ctx, before(keptFor));
    if (removed.length > 0)
      ctx.log.info({ models: removed }, "vectors that nobody went back to were removed");
  });
}

const stopped = "Building stopped before it was done. Try again: it goes on where it stopped.";
