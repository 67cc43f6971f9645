import { idOfActor } from "../../platform/ctx/index.ts";
import { newId } from "../../platform/ids/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import { auditLog } from "./identity.tables.ts";

export interface AuditEntry {
  /** What was done, as `subject.verb`: `bot.created`. */
  action: string;
  subjectType: string;
  subjectId: string;
  /** The fields that changed, as they were and as they are. Never a secret. */
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
}

/** Writes who did what in the mutation's own transaction: both happened or neither. */
export async function recordAudit(ctx: TxCtx, entry: AuditEntry): Promise<void> {
  await ctx.tx.insert(auditLog).values({
    tenantId: ctx.tenantId,
    id: newId(),
    actorKind: ctx.actor.kind,
    actorId: idOfActor(ctx.actor),
    ipAddress: ctx.ipAddress,
    createdAt: ctx.now(),
    ...entry,
  });
}
