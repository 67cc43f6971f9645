import { z } from "zod";
import { inTx } from "../../../platform/ctx/index.ts";
import { decodeCursor, encodeCursor } from "../../../platform/db/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import type { AuditEntryShown, auditPageSchema, ListAudit } from "../audit.schema.ts";
import { assertCan } from "../identity.policy.ts";
import { namesOf } from "../people.ts";
import * as queries from "./audit.queries.ts";

/** Entries of the tenant's audit log, newest first. */
export async function searchAudit(
  ctx: Ctx,
  { cursor, limit, ...filter }: ListAudit,
): Promise<z.infer<typeof auditPageSchema>> {
  assertCan(ctx.actor, "read audit log");
  const before = cursor ? decodeCursor(cursor) : null;
  return inTx(ctx, async (ctx) => {
    const { rows, next } = await queries.readAudit(ctx, filter, { before, limit });
    return { items: await describeEntries(ctx, rows), nextCursor: next && encodeCursor(next) };
  });
}

/** The actions that stand in the tenant's log, in the order of the alphabet. */
export async function listAuditActions(ctx: Ctx): Promise<string[]> {
  assertCan(ctx.actor, "read audit log");
  return inTx(ctx, queries.actionsIn);
}

const fields = z.record(z.string(), z.unknown()).nullable();

/** Entries as people read them: with the names of who acted. */
export async function describeEntries(ctx: TxCtx, rows: queries.AuditRow[]): Promise<AuditEntryShown[]> {
  const idsOf = (kind: queries.AuditRow["actorKind"]) => [
    ...new Set(rows.filter(({ actorKind }) => actorKind === kind).map(({ actorId }) => actorId)),
  ];
  const people = await namesOf(ctx, idsOf("user"));
  const keys = await queries.namesOfKeys(ctx, idsOf("apiKey"));
  const nameOf = ({ actorKind, actorId }: queries.AuditRow) =>
    (actorKind === "system" ? actorId : (people.get(actorId) ?? keys.get(actorId))) ?? null;
  return rows.map((row) => ({
    id: row.id,
    sequence: row.sequence,
    createdAt: row.createdAt,
    actor: { kind: row.actorKind, id: row.actorId, name: nameOf(row) },
    action: row.action,
    subject: { type: row.subjectType, id: row.subjectId },
    before: fields.parse(row.before),
    after: fields.parse(row.after),
    ipAddress: row.ipAddress,
    userAgent: row.userAgent,
    requestId: row.requestId,
  }));
}
