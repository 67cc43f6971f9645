import { and, eq, inArray } from "drizzle-orm";
import { idOfActor } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { emit } from "../../../platform/events/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { recordAudit } from "../../identity/index.ts";
import { customerMerged } from "../customers.events.ts";
import {
  type CustomerRow,
  identitiesOf,
  lockPair,
  type MergeRow,
  standingMerges,
} from "../customers.queries.ts";
import { customerIdentities, customerMerges } from "../customers.tables.ts";
import type { MergeSnapshot, MovedConversation, Profile } from "../customers.types.ts";
import { assertStandsAlone, changeRow, profileOf, toldOf } from "./keep-customer.ts";
import { afterUnfolding, foldProfiles } from "./profiles.ts";

/**
 * The customers' half of a merge: the source's identities become the target's, whose profile is completed by the
 * source's. `conversations` are those that the caller moves in the same transaction. Both rows stay locked.
 */
export async function foldCustomers(
  ctx: TxCtx,
  { sourceId, targetId, conversations }: MovedBy & { conversations: MovedConversation[] },
): Promise<MergeRow> {
  const { source, target } = await lockBoth(ctx, { sourceId, targetId });
  assertStandsAlone(source);
  assertStandsAlone(target);
  const before = profileOf(target);
  const after = foldProfiles(before, profileOf(source));
  const identities = (await identitiesOf(ctx, [sourceId])).map(({ id, mergeId }) => ({ id, mergeId }));
  const changed = await changeRow(ctx, target, after);
  const gone = await changeRow(ctx, source, { mergedIntoId: targetId });
  const [merge] = await ctx.tx
    .insert(customerMerges)
    .values({
      tenantId: ctx.tenantId,
      id: newId(),
      sourceId,
      targetId,
      snapshot: { before, after, identities, conversations },
      targetVersion: changed.version,
      mergedBy: idOfActor(ctx.actor),
      createdAt: ctx.now(),
    })
    .returning();
  if (!merge) throw new AppError("INTERNAL", "The merge was not written.");
  if (identities.length > 0) {
    await ctx.tx
      .update(customerIdentities)
      .set({ customerId: targetId, mergeId: merge.id })
      .where(
        and(
          eq(customerIdentities.tenantId, ctx.tenantId),
          inArray(
            customerIdentities.id,
            identities.map(({ id }) => id),
          ),
        ),
      );
  }
  await tell(ctx, { merge, undone: false, before: [source, target], after: [gone, changed] });
  return merge;
}

/**
 * Parts two customers again: throws NOT_FOUND where no merge of them stands, CONFLICT where a later one has to be
 * undone first. What was changed of the target since stays; what the merge brought goes back.
 */
export async function unfoldCustomers(ctx: TxCtx, { sourceId, targetId }: MovedBy): Promise<MergeRow> {
  const { source, target } = await lockBoth(ctx, { sourceId, targetId });
  const [latest, ...earlier] = await standingMerges(ctx, targetId);
  const merge = [latest, ...earlier].find((candidate) => candidate?.sourceId === sourceId);
  if (!latest || !merge || source.mergedIntoId !== targetId) {
    throw new AppError("NOT_FOUND", "These two customers are not merged.");
  }
  assertStandsAlone(target);
  if (latest.id !== merge.id) {
    throw new AppError(
      "CONFLICT",
      "Another customer was merged into this one later. Undo that merge first.",
      {
        details: { sourceCustomerId: latest.sourceId },
      },
    );
  }
  await returnIdentities(ctx, merge);
  const change: Profile = afterUnfolding(profileOf(target), merge.snapshot);
  const changed = await changeRow(ctx, target, change);
  const freed = await changeRow(ctx, source, { mergedIntoId: null });
  await ctx.tx
    .update(customerMerges)
    .set({ undoneAt: ctx.now(), undoneBy: idOfActor(ctx.actor) })
    .where(and(eq(customerMerges.tenantId, ctx.tenantId), eq(customerMerges.id, merge.id)));
  await tell(ctx, { merge, undone: true, before: [source, target], after: [freed, changed] });
  return merge;
}

interface MovedBy {
  sourceId: string;
  targetId: string;
}

async function lockBoth(ctx: TxCtx, { sourceId, targetId }: MovedBy) {
  if (sourceId === targetId) {
    throw new AppError(
      "VALIDATION_ERROR",
      "A customer cannot be merged into themselves. Name two customers.",
    );
  }
  const rows = await lockPair(ctx, [sourceId, targetId]);
  const [source, target] = [rows.get(sourceId), rows.get(targetId)];
  if (!source || !target) throw new AppError("INTERNAL", "The customers are not locked.");
  return { source, target };
}

/** Those that are the target's still: one that was removed since stays removed. */
async function returnIdentities(ctx: TxCtx, merge: MergeRow): Promise<void> {
  const { identities }: MergeSnapshot = merge.snapshot;
  for (const { id, mergeId } of identities) {
    await ctx.tx
      .update(customerIdentities)
      .set({ customerId: merge.sourceId, mergeId })
      .where(
        and(
          eq(customerIdentities.tenantId, ctx.tenantId),
          eq(customerIdentities.id, id),
          eq(customerIdentities.customerId, merge.targetId),
        ),
      );
  }
}

async function tell(
  ctx: TxCtx,
  { merge, undone, before, after }: { merge: MergeRow; undone: boolean; before: Pair; after: Pair },
): Promise<void> {
  const { sourceId, targetId, snapshot } = merge;
  const told = ([source, target]: Pair) => ({ source: toldOf(source), target: toldOf(target) });
  await recordAudit(ctx, {
    action: undone ? "customer.unmerged" : "customer.merged",
    subjectType: "customer",
    subjectId: targetId,
    before: told(before),
    after: {
      ...told(after),
      sourceId,
      identities: snapshot.identities.length,
      conversations: snapshot.conversations.length,
    },
  });
  await emit(ctx, customerMerged, { customerId: targetId, sourceId, undone, at: ctx.now().toISOString() });
}

type Pair = [source: CustomerRow, target: CustomerRow];
