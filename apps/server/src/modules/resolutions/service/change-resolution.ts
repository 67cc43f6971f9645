import { and, eq } from "drizzle-orm";
import { AppError } from "../../../platform/errors/index.ts";
import { emit } from "../../../platform/events/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { findMember, recordAudit } from "../../identity/index.ts";
import { isUnfinished, type ResolutionStatus } from "../resolution-state.ts";
import { resolutionUpdated } from "../resolutions.events.ts";
import type { ResolutionRow } from "../resolutions.queries.ts";
import { resolutions, resolutionUpdates } from "../resolutions.tables.ts";
import { authorOf } from "./author.ts";

type Changeable =
  | "status"
  | "priority"
  | "issueType"
  | "owningTeam"
  | "ownerId"
  | "eta"
  | "etaWindowHours"
  | "etaUpdatedAt"
  | "rootCause"
  | "rootCauseCategory"
  | "fixDescription"
  | "affectedSystems";
/** What is left out or undefined stays. */
export type ResolutionChange = { [Name in Changeable]?: ResolutionRow[Name] | undefined };

/** Throws CONFLICT where the caller read an older version than the one that there is now. */
export function assertVersion(row: ResolutionRow, version: number | undefined): void {
  if (version === undefined || version === row.version) return;
  throw new AppError("CONFLICT", "Somebody changed this resolution meanwhile. Read it again, then save.", {
    details: { version: row.version },
  });
}

/**
 * Changes a locked resolution, raises its version, and writes what was and what is into the audit log. Nothing happens
 * where all is as it was. The caller has seen to it that the state may follow.
 */
export async function changeResolution(
  ctx: TxCtx,
  before: ResolutionRow,
  change: ResolutionChange,
  action: string,
): Promise<ResolutionRow> {
  const changed = changedFields(before, change);
  if (changed.length === 0) return before;
  const [row] = await ctx.tx
    .update(resolutions)
    .set({
      ...change,
      ...resolvedAt(ctx, before, change.status),
      version: before.version + 1,
      updatedAt: ctx.now(),
    })
    .where(and(eq(resolutions.tenantId, ctx.tenantId), eq(resolutions.id, before.id)))
    .returning();
  if (!row) throw new AppError("INTERNAL", "The resolution was not written.");
  await recordAudit(ctx, {
    action,
    subjectType: "resolution",
    subjectId: row.id,
    before: pick(before, changed),
    after: pick(row, changed),
  });
  await tellOf(ctx, row);
  return row;
}

/** Adds a line to what happened. */
export async function addToHistory(
  ctx: TxCtx,
  row: ResolutionRow,
  entry: Pick<typeof resolutionUpdates.$inferInsert, "type" | "content"> & {
    id?: string;
    visibility?: "internal" | "customer";
    clientId?: string | undefined;
  },
): Promise<typeof resolutionUpdates.$inferSelect> {
  const [added] = await ctx.tx
    .insert(resolutionUpdates)
    .values({
      tenantId: ctx.tenantId,
      id: entry.id ?? newId(),
      resolutionId: row.id,
      type: entry.type,
      visibility: entry.visibility ?? "internal",
      content: entry.content,
      clientId: entry.clientId ?? null,
      ...authorOf(ctx.actor),
      createdAt: ctx.now(),
    })
    .returning();
  if (!added) throw new AppError("INTERNAL", "The update was not written.");
  return added;
}

export async function tellOf(ctx: TxCtx, row: ResolutionRow): Promise<void> {
  await emit(ctx, resolutionUpdated, {
    resolutionId: row.id,
    conversationId: row.conversationId,
    status: row.status,
    priority: row.priority,
    version: row.version,
    at: ctx.now().toISOString(),
  });
}

/** A colleague who works here; throws NOT_FOUND, or CONFLICT for one who is deactivated. */
export async function findColleague(ctx: TxCtx, userId: string): Promise<{ id: string; name: string }> {
  const member = await findMember(ctx, userId);
  if (member.deactivatedAt) {
    throw new AppError("CONFLICT", `${member.name} is deactivated. Choose somebody else.`);
  }
  return { id: userId, name: member.name };
}

function changedFields(before: ResolutionRow, change: ResolutionChange): string[] {
  return Object.entries(change).flatMap(([name, value]) =>
    value === undefined || JSON.stringify(value) === JSON.stringify(Reflect.get(before, name)) ? [] : [name],
  );
}

function pick(row: ResolutionRow, names: string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, Reflect.get(row, name)]));
}

/** Its time stops when it is resolved, and runs again when it is taken up again. */
function resolvedAt(ctx: TxCtx, before: ResolutionRow, to: ResolutionStatus | undefined) {
  if (to === undefined) return {};
  return { resolvedAt: isUnfinished(to) ? null : (before.resolvedAt ?? ctx.now()) };
}
