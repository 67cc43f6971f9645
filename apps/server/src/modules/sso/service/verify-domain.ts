import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { assertCan, claimName, withdrawName } from "../../identity/index.ts";
import { domainRecord } from "../addresses.ts";
import {
  type ConnectionRow,
  changeConnection,
  findConnection,
  getConnection,
  isOn,
} from "../connections.queries.ts";
import type { DomainCheck } from "../sso.schema.ts";
import { note } from "./manage-config.ts";

const hour = 3_600_000;
/** Between two looks at a verified domain's record. */
const checkEvery = 24 * hour;
/** How long a record may be missing before its domain counts as unverified: name servers move, and come back. */
const grace = 7 * 24 * hour;

/**
 * Looks whether the domain's record is there. With it the domain is this tenant's: no other can verify it meanwhile.
 * Throws CONFLICT when another has.
 */
export async function verifySsoDomain(ctx: Ctx): Promise<DomainCheck> {
  assertCan(ctx.actor, "manage sign-in");
  const seen = await inTx(ctx, (ctx) => getConnection(ctx));
  const result = await lookUp(ctx, seen); // outside the transaction
  await inTx(ctx, async (ctx) => {
    const before = await getConnection(ctx, { lock: true });
    // another domain, or another token of it, was not what was looked up
    if (before.domainToken !== seen.domainToken) throw changedMeanwhile();
    const now = ctx.now();
    if (!result.verified) {
      await changeConnection(ctx, before, { domainCheckedAt: now });
      return;
    }
    if (!(await claimName(ctx, "sso_domain", before.domain))) {
      throw new AppError(
        "CONFLICT",
        `${before.domain} is verified by another workspace. It has to be removed there first.`,
      );
    }
    const set = {
      domainVerifiedAt: before.domainVerifiedAt ?? now,
      domainCheckedAt: now,
      domainMissingSince: null,
    };
    await changeConnection(ctx, before, set);
    if (!before.domainVerifiedAt) await note(ctx, "sso.domain_verified", before, { ...before, ...set });
  });
  return result;
}

/** Looks again, once a day, whether a verified domain's record is still there; see `grace`. */
export async function recheckSsoDomain(ctx: Ctx): Promise<void> {
  const seen = await inTx(ctx, (ctx) => findConnection(ctx));
  if (!seen?.domainVerifiedAt || !isDue(seen, ctx.now())) return;
  let isThere: boolean;
  try {
    isThere = (await lookUp(ctx, seen)).verified;
  } catch (error) {
    ctx.log.warn({ error, domain: seen.domain }, "the name servers did not answer for a verified domain");
    return; // says nothing of the record
  }
  await inTx(ctx, async (ctx) => {
    const before = await findConnection(ctx, { lock: true });
    if (before?.domainToken !== seen.domainToken || !before.domainVerifiedAt) return;
    const now = ctx.now();
    const missingSince = isThere ? null : (before.domainMissingSince ?? now);
    const isLost = missingSince !== null && now.getTime() - missingSince.getTime() >= grace;
    const set = {
      domainCheckedAt: now,
      domainMissingSince: missingSince,
      domainVerifiedAt: isLost ? null : before.domainVerifiedAt,
    };
    await changeConnection(ctx, before, set);
    if (!isLost) return;
    await withdrawName(ctx, "sso_domain", before.domain);
    await note(ctx, "sso.domain_lost", before, { ...before, ...set });
    if (isOn(before)) ctx.log.warn({ domain: before.domain }, "single sign-on lost its domain's proof");
  });
}

function isDue({ domainCheckedAt }: ConnectionRow, now: Date): boolean {
  return domainCheckedAt === null || now.getTime() - domainCheckedAt.getTime() >= checkEvery;
}

async function lookUp(ctx: Pick<Ctx, "ports">, row: ConnectionRow): Promise<DomainCheck> {
  const { name, value } = domainRecord(row);
  const texts = await ctx.ports.dns.texts(name);
  if (texts.some((text) => text.trim() === value)) return { verified: true, problem: null, found: [value] };
  const found = texts.slice(0, 5).map((text) => text.slice(0, 200));
  return { verified: false, problem: found.length > 0 ? "different" : "missing", found };
}

function changedMeanwhile(): AppError {
  return new AppError("CONFLICT", "The set-up was changed meanwhile. Look at it again, then verify.");
}
