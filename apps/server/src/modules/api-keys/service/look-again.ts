import { and, eq, inArray, isNull, lt, or } from "drizzle-orm";
import type { Services } from "../../../faces/principal.ts";
import { findMemberships, tenantStatuses } from "../../identity/index.ts";
import { type ApiKeyRow, statusOf } from "../api-keys.queries.ts";
import { apiKeys } from "../api-keys.tables.ts";
import { type ApiCaller, actorOf, isSecretOf, noteEvery } from "./find-caller.ts";

/** A key that was shown once and opened. */
export interface KeyStanding {
  tenantId: string;
  keyId: string;
  secretHash: string;
}

/**
 * The programs that stay connected by these keys, as they stand now, each at its place; null for one whose key opens no
 * longer. `isClosed`: its tenant does not work. All are read together, the keys of a tenant in one transaction.
 */
export async function lookAgainAtKeys(
  services: Services,
  standings: readonly KeyStanding[],
): Promise<({ caller: ApiCaller; isClosed: boolean } | null)[]> {
  const rows = new Map<KeyStanding, ApiKeyRow>();
  for (const [tenantId, shown] of Map.groupBy(standings, ({ tenantId }) => tenantId)) {
    const found = await usedKeys(services, tenantId, [...new Set(shown.map(({ keyId }) => keyId))]);
    const now = services.now();
    for (const one of shown) {
      const row = found.get(one.keyId);
      if (row && isSecretOf(row, one.secretHash, now) && statusOf(row, now) === "active") rows.set(one, row);
    }
  }
  const made = [...rows.values()].flatMap(({ createdBy, tenantId }) =>
    createdBy === null ? [] : { userId: createdBy, tenantId },
  );
  const makers = await findMemberships(services.db, made);
  const makerOf = new Map(
    made.map(({ userId, tenantId }, at) => [`${tenantId}/${userId}`, makers[at] ?? null]),
  );
  const statuses = await tenantStatuses(
    services.db,
    [...rows.keys()].map(({ tenantId }) => tenantId),
  );
  return standings.map((one) => {
    const row = rows.get(one);
    const actor = row && actorOf(row, makerOf.get(`${one.tenantId}/${row.createdBy}`) ?? null);
    if (!actor) return null;
    const { tenantId, secretHash } = one;
    return { caller: { tenantId, actor, secretHash }, isClosed: statuses.get(tenantId) !== "active" };
  });
}

/** Keys by their ids. Who stays connected uses theirs: that is written down to the minute. */
async function usedKeys(
  { db, now }: Services,
  tenantId: string,
  ids: string[],
): Promise<Map<string, ApiKeyRow>> {
  return db.withTenant(tenantId, async (tx) => {
    const wanted = and(eq(apiKeys.tenantId, tenantId), inArray(apiKeys.id, ids));
    const rows = await tx.select().from(apiKeys).where(wanted);
    const last = new Date(now().getTime() - noteEvery);
    if (rows.some(({ lastUsedAt }) => lastUsedAt === null || lastUsedAt < last)) {
      const isOld = or(isNull(apiKeys.lastUsedAt), lt(apiKeys.lastUsedAt, last));
      // whoever holds one at this moment is not waited for: nobody's row is held while another's is waited for
      const free = tx
        .select({ id: apiKeys.id })
        .from(apiKeys)
        .where(and(wanted, isOld))
        .for("update", { skipLocked: true });
      await tx
        .update(apiKeys)
        .set({ lastUsedAt: now() })
        .where(and(eq(apiKeys.tenantId, tenantId), inArray(apiKeys.id, free)));
    }
    return new Map(rows.map((row) => [row.id, row]));
  });
}
