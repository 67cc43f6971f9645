import { and, eq, isNull, lt, or } from "drizzle-orm";
import { contextFor, type Services } from "../../../faces/principal.ts";
import { constantTimeEqual, sha256Hex } from "../../../platform/crypto/index.ts";
import type { Actor } from "../../../platform/ctx/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import {
  assertTenantWorks,
  findMembership,
  type Membership,
  rightsOfPermissions,
  tenantOfName,
} from "../../identity/index.ts";
import { type ApiKeyRow, statusOf } from "../api-keys.queries.ts";
import { apiKeyPlaces, apiKeys } from "../api-keys.tables.ts";
import { parseKey } from "../key-format.ts";
import { notePlace, type Place, placeOf } from "./note-place.ts";

type ApiKeyActor = Extract<Actor, { kind: "apiKey" }>;

/** Milliseconds between two notes of a key's last use. */
export const noteEvery = 60_000;

/** Stands in for what an unreadable or unknown key has not, so that it takes the same steps as a known one. */
const nobody = {
  publicPart: "0".repeat(24),
  secret: "",
  tenantId: "00000000-0000-0000-0000-000000000000",
  secretHash: sha256Hex("nobody"),
};

export interface ApiCaller {
  tenantId: string;
  actor: ApiKeyActor;
  /** Of the secret that it showed. */
  secretHash: string;
}

/**
 * The program that shows a key, with its tenant; null for a key that is malformed, unknown, revoked or expired: which
 * one, neither the answer nor the time it takes tells. What it may do is what its permissions and its maker's rights
 * have in common now: the key of someone who is suspended or gone is as none. Throws TENANT_SUSPENDED.
 */
export async function findApiCaller(
  services: Services,
  text: string,
  from: { ipAddress: string; userAgent: string | null },
): Promise<ApiCaller | null> {
  const parts = parseKey(text) ?? nobody;
  const tenantId = (await tenantOfName(services.db, "api_key", parts.publicPart)) ?? nobody.tenantId;
  const place = placeOf(from);
  const secretHash = sha256Hex(parts.secret);
  const row = await services.db.withTenant(tenantId, async (tx) => {
    const [found] = await tx
      .select({ key: apiKeys, seen: apiKeyPlaces.place })
      .from(apiKeys)
      .leftJoin(
        apiKeyPlaces,
        and(
          eq(apiKeyPlaces.tenantId, apiKeys.tenantId),
          eq(apiKeyPlaces.keyId, apiKeys.id),
          eq(apiKeyPlaces.place, place.hash),
        ),
      )
      .where(and(eq(apiKeys.tenantId, tenantId), eq(apiKeys.publicPart, parts.publicPart)));
    const now = services.now();
    const opens = isSecretOf(found?.key, secretHash, now);
    if (!found || !opens || statusOf(found.key, now) !== "active") return null;
    const actor = { kind: "system", name: "api-keys" } as const;
    const ctx = contextFor(services, actor, tenantId, from.ipAddress, { userAgent: from.userAgent });
    await noteUse({ ...ctx, tx }, found.key, found.seen === null ? place : null);
    return found.key;
  });
  if (!row) return null;
  const maker = row.createdBy === null ? null : await findMembership(services.db, row.createdBy, tenantId);
  const actor = actorOf(row, maker);
  if (!actor) return null;
  await assertTenantWorks(services.db, tenantId);
  return { tenantId, actor, secretHash };
}

/** Who acts by the key and what they may as things stand; null where its maker is no active member any more. */
export function actorOf(row: ApiKeyRow, maker: Membership | null): ApiKeyActor | null {
  const permitted = rightsOfPermissions(row.permissions);
  const { id: keyId, name, botId } = row;
  if (row.createdBy === null) return { kind: "apiKey", keyId, name, rights: permitted, botId }; // the system's, nobody's
  if (!maker) return null;
  const rights = new Set([...permitted].filter((right) => maker.rights.has(right)));
  return { kind: "apiKey", keyId, name, rights, botId };
}

/** `newPlace` is from where the key was never used before; null where it was. */
async function noteUse(ctx: TxCtx, row: ApiKeyRow, newPlace: Place | null): Promise<void> {
  const now = ctx.now();
  const last = new Date(now.getTime() - noteEvery);
  if (newPlace) await notePlace(ctx, row, newPlace);
  if (row.lastUsedAt && row.lastUsedAt >= last) return;
  await ctx.tx
    .update(apiKeys)
    .set({ lastUsedAt: now })
    .where(
      and(
        eq(apiKeys.tenantId, ctx.tenantId),
        eq(apiKeys.id, row.id),
        or(isNull(apiKeys.lastUsedAt), lt(apiKeys.lastUsedAt, last)), // of many at once, one notes it
      ),
    );
}

/** Compares with both secrets in any case: the time tells neither which one it was, nor that it was one. */
export function isSecretOf(row: ApiKeyRow | undefined, hash: string, now: Date): boolean {
  const isCurrent = constantTimeEqual(hash, row?.secretHash ?? nobody.secretHash);
  const isPrevious = constantTimeEqual(hash, row?.previousSecretHash ?? nobody.secretHash);
  const isInGrace = row?.previousUntil != null && row.previousUntil > now;
  return (row !== undefined && isCurrent) || (isPrevious && isInGrace);
}
