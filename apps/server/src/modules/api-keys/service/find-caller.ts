import { and, eq, isNull, lt, or } from "drizzle-orm";
import { constantTimeEqual, sha256Hex } from "../../../platform/crypto/index.ts";
import type { Actor } from "../../../platform/ctx/index.ts";
import type { Db } from "../../../platform/db/index.ts";
import { rightsOfPermissions, tenantOfName } from "../../identity/index.ts";
import { type ApiKeyRow, statusOf } from "../api-keys.queries.ts";
import { apiKeys } from "../api-keys.tables.ts";
import { parseKey } from "../key-format.ts";

/** Milliseconds between two notes of a key's last use. */
const noteEvery = 60_000;

/** Stands in for what an unreadable or unknown key has not, so that it takes the same steps as a known one. */
const nobody = {
  publicPart: "0".repeat(24),
  secret: "",
  tenantId: "00000000-0000-0000-0000-000000000000",
  secretHash: sha256Hex("nobody"),
};

/**
 * The program that shows a key, with its tenant; null for a key that is malformed, unknown, revoked or
 * expired: which one, neither the answer nor the time it takes tells.
 */
export async function findApiCaller(
  services: { db: Db; now: () => Date },
  text: string,
): Promise<{ tenantId: string; actor: Extract<Actor, { kind: "apiKey" }> } | null> {
  const parts = parseKey(text) ?? nobody;
  const tenantId = (await tenantOfName(services.db, "api_key", parts.publicPart)) ?? nobody.tenantId;
  const now = services.now();
  return services.db.withTenant(tenantId, async (tx) => {
    const [row] = await tx
      .select()
      .from(apiKeys)
      .where(and(eq(apiKeys.tenantId, tenantId), eq(apiKeys.publicPart, parts.publicPart)));
    const opens = isSecretOf(row, parts.secret, now);
    if (!row || !opens || statusOf(row, now) !== "active") return null;
    const last = new Date(now.getTime() - noteEvery);
    if (!row.lastUsedAt || row.lastUsedAt < last) {
      await tx
        .update(apiKeys)
        .set({ lastUsedAt: now })
        .where(
          and(
            eq(apiKeys.tenantId, tenantId),
            eq(apiKeys.id, row.id),
            or(isNull(apiKeys.lastUsedAt), lt(apiKeys.lastUsedAt, last)), // of many at once, one notes it
          ),
        );
    }
    const { id: keyId, name, permissions, botId } = row;
    const rights = rightsOfPermissions(permissions);
    return { tenantId, actor: { kind: "apiKey", keyId, name, rights, botId } };
  });
}

/** Compares with both secrets in any case: the time tells neither which one it was, nor that it was one. */
function isSecretOf(row: ApiKeyRow | undefined, secret: string, now: Date): boolean {
  const hash = sha256Hex(secret);
  const isCurrent = constantTimeEqual(hash, row?.secretHash ?? nobody.secretHash);
  const isPrevious = constantTimeEqual(hash, row?.previousSecretHash ?? nobody.secretHash);
  const isInGrace = row?.previousUntil != null && row.previousUntil > now;
  return (row !== undefined && isCurrent) || (isPrevious && isInGrace);
}
