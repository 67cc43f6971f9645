import { and, desc, eq, gte, ilike, inArray, lt, or, type SQL, sql } from "drizzle-orm";
import { asSystem, containing, type Place } from "../../../platform/db/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import type { AuditFilter } from "../audit.schema.ts";
import { auditLog, members, users } from "../identity.tables.ts";

export type AuditRow = typeof auditLog.$inferSelect;

/** Entries through which one page looks for a text. What is older comes with the next page, so that each is quick. */
const searchedAtOnce = 20_000;
const mostNamesakes = 50;

export interface AuditRows {
  rows: AuditRow[];
  /** Where to go on; null at the end of the log. */
  next: Place | null;
}

/** Entries before a place, newest first. */
export async function readAudit(
  ctx: TxCtx,
  { search, ...filter }: AuditFilter,
  { before, limit }: { before: Place | null; limit: number },
): Promise<AuditRows> {
  const inReach = and(conditionsOf(ctx, filter), before ? olderThan(before) : undefined);
  const edge = search ? await nthOf(ctx, inReach, searchedAtOnce) : null;
  const rows = await ctx.tx
    .select()
    .from(auditLog)
    .where(
      and(
        inReach,
        edge ? sql`(${auditLog.createdAt}, ${auditLog.id}) >= (${edge.at}, ${edge.id})` : undefined,
        search ? await mentions(ctx, search) : undefined,
      ),
    )
    .orderBy(desc(auditLog.createdAt), desc(auditLog.id))
    .limit(limit + 1);
  const last = rows[limit - 1];
  if (rows.length > limit && last) {
    return { rows: rows.slice(0, limit), next: { at: last.createdAt, id: last.id } };
  }
  return { rows, next: edge };
}

/** Whether more than so many entries stand in reach of the filter, its text left aside. */
export async function areMoreThan(ctx: TxCtx, filter: AuditFilter, n: number): Promise<boolean> {
  return (await nthOf(ctx, conditionsOf(ctx, filter), n + 1)) !== null;
}

/** The place of the n-th newest entry; null where there are fewer. */
async function nthOf(ctx: TxCtx, where: SQL | undefined, n: number): Promise<Place | null> {
  const [row] = await ctx.tx
    .select({ at: auditLog.createdAt, id: auditLog.id })
    .from(auditLog)
    .where(where)
    .orderBy(desc(auditLog.createdAt), desc(auditLog.id))
    .offset(n - 1)
    .limit(1);
  return row ?? null;
}

const olderThan = ({ at, id }: Place) => sql`(${auditLog.createdAt}, ${auditLog.id}) < (${at}, ${id})`;

function conditionsOf(ctx: TxCtx, filter: AuditFilter): SQL | undefined {
  const { actorId, action, subjectType, subjectId, from, to } = filter;
  return and(
    eq(auditLog.tenantId, ctx.tenantId),
    actorId ? eq(auditLog.actorId, actorId) : undefined,
    action ? eq(auditLog.action, action) : undefined,
    subjectType ? eq(auditLog.subjectType, subjectType) : undefined,
    subjectId ? eq(auditLog.subjectId, subjectId) : undefined,
    from ? gte(auditLog.createdAt, from) : undefined,
    to ? lt(auditLog.createdAt, to) : undefined,
  );
}

async function mentions(ctx: TxCtx, text: string): Promise<SQL | undefined> {
  const pattern = containing(text);
  const people = await membersNamed(ctx, pattern);
  const { action, subjectType, subjectId, ipAddress, requestId, before, after, actorId } = auditLog;
  return or(
    ...[action, subjectType, subjectId, ipAddress, requestId].map((column) => ilike(column, pattern)),
    ...[before, after].map((column) => sql`${column}::text ilike ${pattern}`),
    people.length > 0 ? inArray(actorId, people) : undefined,
  );
}

/** Members of this tenant by a part of their name or address: people are global, so that the role is lifted. */
async function membersNamed(ctx: TxCtx, pattern: string): Promise<string[]> {
  const rows = await asSystem((tx) =>
    tx
      .select({ id: users.id })
      .from(users)
      .innerJoin(members, and(eq(members.userId, users.id), eq(members.organizationId, ctx.tenantId)))
      .where(or(ilike(users.name, pattern), ilike(users.email, pattern)))
      .limit(mostNamesakes),
  );
  return rows.map(({ id }) => id);
}

/** Every action that the tenant's log knows, by leaps over an index: the log itself may have millions of rows. */
export async function actionsIn(ctx: TxCtx): Promise<string[]> {
  const { rows } = await ctx.tx.execute<{ action: string }>(sql`
    with recursive known(action) as (
      (select action from audit_log where tenant_id = ${ctx.tenantId} order by action limit 1)
      union all
      select (select a.action from audit_log a where a.tenant_id = ${ctx.tenantId} and a.action > known.action
        order by a.action limit 1)
      from known where known.action is not null)
    select action from known where action is not null`);
  return rows.map(({ action }) => action);
}

/** Names of API keys as the log knows them, also of those that are gone. */
export async function namesOfKeys(ctx: TxCtx, keyIds: string[]): Promise<Map<string, string>> {
  if (keyIds.length === 0) return new Map();
  const rows = await ctx.tx
    .select({ id: auditLog.subjectId, name: sql<string | null>`${auditLog.after} ->> 'name'` })
    .from(auditLog)
    .where(
      and(
        eq(auditLog.tenantId, ctx.tenantId),
        eq(auditLog.subjectType, "api_key"),
        inArray(auditLog.subjectId, keyIds),
        eq(auditLog.action, "api_key.created"),
      ),
    );
  return new Map(rows.flatMap(({ id, name }) => (name === null ? [] : [[id, name] as const])));
}
