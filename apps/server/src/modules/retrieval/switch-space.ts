import { and, eq, sql } from "drizzle-orm";
import { inTx } from "../../platform/ctx/index.ts";
import type { Ctx, TxCtx } from "../../ports/index.ts";
import { countVectors, retire } from "./choose-space.ts";
import { storeNextBlock } from "./dense/sketch-store.ts";
import { activeSpace, changeSpace } from "./dense/spaces.ts";
import { buildingSpace } from "./fill-space.ts";
import { lockIndex, readIndexRow } from "./lexical/snapshot.ts";
import { searchIndexes } from "./retrieval.tables.ts";

/**
 * Stores what searches read first of a space that holds every live chunk below `upTo`, so that the first
 * search after the switch is no slower than the next. Each block in a transaction of its own.
 */
export async function prepareSwitch(
  ctx: Pick<Ctx, "db" | "tenantId">,
  input: { knowledgeBaseId: string; spaceId: string; upTo: number },
): Promise<void> {
  let stored = true;
  while (stored) {
    stored = await inTx(ctx, async (ctx) => {
      const space = await buildingSpace(ctx, input);
      if (!space) return false;
      const { version } = await readIndexRow(ctx, input.knowledgeBaseId);
      return storeNextBlock(ctx, space, input.upTo, version);
    });
  }
}

/**
 * The one step from which on a knowledge base is searched in another space: the built one becomes active
 * and the active one retired. "incomplete" when a live chunk has no vector in it yet, "stopped" when it is
 * not being built any more; nothing is changed then.
 */
export async function switchSpace(
  ctx: Pick<TxCtx, "db" | "tenantId" | "tx" | "now">,
  input: { knowledgeBaseId: string; spaceId: string },
): Promise<"switched" | "incomplete" | "stopped"> {
  const { knowledgeBaseId, spaceId } = input;
  // Nothing is added or removed until this transaction ends.
  const { liveChunks } = await lockIndex(ctx, knowledgeBaseId);
  if (!(await buildingSpace(ctx, input))) return "stopped";
  if ((await countVectors(ctx, spaceId)) < liveChunks) return "incomplete";
  const former = await activeSpace(ctx, knowledgeBaseId);
  await retire(ctx, former.id); // first: the database allows one active space
  const at = ctx.now();
  await changeSpace(ctx, spaceId, { status: "active", activatedAt: at, updatedAt: at });
  // What processes remember of the index names its space: they read it anew.
  await ctx.tx
    .update(searchIndexes)
    .set({ version: sql`${searchIndexes.version} + 1` })
    .where(and(eq(searchIndexes.tenantId, ctx.tenantId), eq(searchIndexes.knowledgeBaseId, knowledgeBaseId)));
  return "switched";
}
