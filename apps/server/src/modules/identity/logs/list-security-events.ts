import { and, count, desc, eq, inArray, type SQL } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan } from "../identity.policy.ts";
import { namesOf } from "../people.ts";
import { securityEvents } from "../security.tables.ts";
import {
  type ListSecurityEvents,
  type SecurityEventShown,
  securityEventSchema,
} from "../security-events.schema.ts";
import { isSecurityEventKind, kindsOf, securityEventKinds, severityOf } from "./security-event-kinds.ts";

interface Page {
  items: SecurityEventShown[];
  total: number;
}

/** Security events of the tenant, newest first. */
export async function listSecurityEvents(ctx: Ctx, input: ListSecurityEvents): Promise<Page> {
  assertCan(ctx.actor, "read security events");
  return readPage(ctx, input);
}

/** Those of the caller in this tenant, for which they need no right. */
export async function listOwnSecurityEvents(
  ctx: Ctx,
  input: Pick<ListSecurityEvents, "page" | "pageSize">,
): Promise<Page> {
  if (ctx.actor.kind !== "user") throw new AppError("FORBIDDEN", "Only a person has security events.");
  return readPage(ctx, { ...input, userId: ctx.actor.userId });
}

/** One of the tenant's events, as it is shown; null for what is not there. */
export async function findSecurityEvent(ctx: TxCtx, id: string): Promise<SecurityEventShown | null> {
  const rows = await ctx.tx
    .select()
    .from(securityEvents)
    .where(and(eq(securityEvents.tenantId, ctx.tenantId), eq(securityEvents.id, id)));
  const [event] = await describe(ctx, rows);
  return event ?? null;
}

function readPage(ctx: Ctx, { page, pageSize, kind, severity, userId }: ListSecurityEvents): Promise<Page> {
  // kinds that this release does not know would have no words
  const kinds = (severity ? kindsOf(severity) : securityEventKinds).filter((one) => !kind || one === kind);
  const where: SQL | undefined = and(
    eq(securityEvents.tenantId, ctx.tenantId),
    inArray(securityEvents.kind, kinds),
    userId ? eq(securityEvents.userId, userId) : undefined,
  );
  return inTx(ctx, async (ctx) => {
    const [totals] = await ctx.tx.select({ n: count() }).from(securityEvents).where(where);
    const rows = await ctx.tx
      .select()
      .from(securityEvents)
      .where(where)
      .orderBy(desc(securityEvents.createdAt), desc(securityEvents.id))
      .limit(pageSize)
      .offset((page - 1) * pageSize);
    return { items: await describe(ctx, rows), total: totals?.n ?? 0 };
  });
}

const detail = securityEventSchema.shape.detail;

async function describe(
  ctx: TxCtx,
  rows: (typeof securityEvents.$inferSelect)[],
): Promise<SecurityEventShown[]> {
  const names = await namesOf(
    ctx,
    rows.map((row) => row.userId),
  );
  return rows.flatMap((row): SecurityEventShown[] => {
    if (!isSecurityEventKind(row.kind)) return [];
    return [
      {
        id: row.id,
        kind: row.kind,
        severity: severityOf(row.kind),
        user: row.userId ? { id: row.userId, name: names.get(row.userId) ?? null } : null,
        ipAddress: row.ipAddress,
        userAgent: row.userAgent,
        detail: detail.parse(row.detail),
        createdAt: row.createdAt,
      },
    ];
  });
}
