import { eq } from "drizzle-orm";
import { randomToken } from "../../../platform/crypto/index.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { identitySecrets } from "../customers.tables.ts";

const purpose = "identity-secret";
/** Milliseconds that a secret works on after a new one took its place. */
const grace = 24 * 3_600_000;

/** Makes the secret under which the tenant's site signs identities, shown this once. The one before works for a day. */
export async function rotateIdentitySecret(
  ctx: Ctx,
): Promise<{ secret: string; previousUntil: Date | null }> {
  assertCan(ctx.actor, "manage signed identities");
  const secret = randomToken();
  return inTx(ctx, async (ctx) => {
    const before = await find(ctx, { lock: true });
    const values = {
      sealedSecret: ctx.vault.seal(ctx.tenantId, purpose, secret),
      sealedPrevious: before?.sealedSecret ?? null,
      previousUntil: before ? new Date(ctx.now().getTime() + grace) : null,
      createdAt: ctx.now(),
    };
    await ctx.tx
      .insert(identitySecrets)
      .values({ tenantId: ctx.tenantId, ...values })
      .onConflictDoUpdate({ target: identitySecrets.tenantId, set: values });
    await recordAudit(ctx, {
      action: "identity-secret.rotated",
      subjectType: "tenant",
      subjectId: ctx.tenantId,
      before: { createdAt: before?.createdAt ?? null },
      after: { createdAt: values.createdAt, previousUntil: values.previousUntil },
    });
    return { secret, previousUntil: values.previousUntil };
  });
}

/** Whether there is a secret, and since when; never the secret. */
export async function getIdentitySecret(ctx: Ctx): Promise<{ isSet: boolean; createdAt: Date | null }> {
  assertCan(ctx.actor, "manage signed identities");
  return inTx(ctx, async (ctx) => {
    const row = await find(ctx, {});
    return { isSet: row !== null, createdAt: row?.createdAt ?? null };
  });
}

/** The secrets that work now, the present one first. */
export async function workingSecrets(ctx: TxCtx): Promise<string[]> {
  const row = await find(ctx, {});
  if (!row) return [];
  const { sealedSecret, sealedPrevious, previousUntil } = row;
  const isGood = sealedPrevious !== null && previousUntil !== null && previousUntil > ctx.now();
  return [sealedSecret, ...(isGood ? [sealedPrevious] : [])].map((sealed) =>
    ctx.vault.open(ctx.tenantId, purpose, sealed),
  );
}

/** Seals the secrets anew that are sealed under a former master key. */
export async function resealIdentitySecret(ctx: Ctx): Promise<void> {
  await inTx(ctx, async (ctx) => {
    const row = await find(ctx, { lock: true });
    if (!row) return;
    const { sealedSecret, sealedPrevious } = row;
    const old = [sealedSecret, sealedPrevious].some(
      (sealed) => sealed !== null && !ctx.vault.isCurrent(sealed),
    );
    if (!old) return;
    const again = (sealed: string) =>
      ctx.vault.seal(ctx.tenantId, purpose, ctx.vault.open(ctx.tenantId, purpose, sealed));
    await ctx.tx
      .update(identitySecrets)
      .set({
        sealedSecret: again(sealedSecret),
        sealedPrevious: sealedPrevious === null ? null : again(sealedPrevious),
      })
      .where(eq(identitySecrets.tenantId, ctx.tenantId));
  });
}

async function find(ctx: TxCtx, { lock = false }: { lock?: boolean }) {
  const query = ctx.tx.select().from(identitySecrets).where(eq(identitySecrets.tenantId, ctx.tenantId));
  const [row] = lock ? await query.for("update") : await query;
  return row ?? null;
}
