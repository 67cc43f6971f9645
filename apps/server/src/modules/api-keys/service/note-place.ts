import { and, asc, count, eq, inArray } from "drizzle-orm";
import { sha256Hex } from "../../../platform/crypto/index.ts";
import { addressKey } from "../../../platform/rate-limit/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { recordSecurityEvent } from "../../identity/index.ts";
import type { ApiKeyRow } from "../api-keys.queries.ts";
import { apiKeyPlaces } from "../api-keys.tables.ts";
import { prefixOf } from "../key-format.ts";

/** Places that are remembered of a key; the oldest is forgotten for one more. */
const mostPlaces = 100;

export interface Place {
  hash: string;
  ipAddress: string;
  userAgent: string | null;
}

/** An address and a kind of program. Its version counts for nothing: programs are updated. */
export function placeOf({ ipAddress, userAgent }: { ipAddress: string; userAgent: string | null }): Place {
  const program = userAgent?.slice(0, 500).replaceAll(/[\d.]+/g, "") ?? "";
  return { hash: sha256Hex(`${addressKey(ipAddress)}\n${program}`), ipAddress, userAgent };
}

/** Remembers a place from which the key was not used before; but for the first of all, its tenant is told. */
export async function notePlace(ctx: TxCtx, key: ApiKeyRow, place: Place): Promise<void> {
  const ofKey = and(eq(apiKeyPlaces.tenantId, ctx.tenantId), eq(apiKeyPlaces.keyId, key.id));
  const [known] = await ctx.tx.select({ n: count() }).from(apiKeyPlaces).where(ofKey);
  const before = known?.n ?? 0;
  const added = await ctx.tx
    .insert(apiKeyPlaces)
    .values({
      tenantId: ctx.tenantId,
      keyId: key.id,
      place: place.hash,
      ipAddress: place.ipAddress,
      userAgent: place.userAgent,
      firstSeenAt: ctx.now(),
    })
    .onConflictDoNothing()
    .returning({ place: apiKeyPlaces.place });
  if (added.length === 0 || before === 0) return; // of many at once, one notes it
  if (before >= mostPlaces) await forgetOldest(ctx, ofKey);
  await recordSecurityEvent(ctx, {
    kind: "api_key_new_place",
    userId: key.createdBy,
    ipAddress: place.ipAddress,
    userAgent: place.userAgent,
    detail: { apiKeyId: key.id, name: key.name, prefix: prefixOf(key.publicPart) },
  });
}

async function forgetOldest(ctx: TxCtx, ofKey: ReturnType<typeof and>): Promise<void> {
  const oldest = ctx.tx
    .select({ place: apiKeyPlaces.place })
    .from(apiKeyPlaces)
    .where(ofKey)
    .orderBy(asc(apiKeyPlaces.firstSeenAt))
    .limit(1);
  await ctx.tx.delete(apiKeyPlaces).where(and(ofKey, inArray(apiKeyPlaces.place, oldest)));
}
