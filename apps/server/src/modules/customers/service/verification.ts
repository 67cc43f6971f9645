import { randomInt } from "node:crypto";
import { and, count, desc, eq, gt, lt, sql } from "drizzle-orm";
import { constantTimeEqual, sha256Hex } from "../../../platform/crypto/index.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError, notFound } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertConnected, queueSecretText, toPhoneNumber } from "../../communication/index.ts";
import { assertCan, findTenant, recordAudit } from "../../identity/index.ts";
import { queueMail } from "../../mail/index.ts";
import { type CustomerRow, findCustomer } from "../customers.queries.ts";
import { customerCodes } from "../customers.tables.ts";
import { normaliseIdentity } from "../identity-value.ts";
import { codeMail, codeText } from "../verification.strings.ts";
import { assertStandsAlone } from "./keep-customer.ts";
import { linkIdentity } from "./link-identity.ts";

const minute = 60_000;
/** Milliseconds that a code works. */
const lifetime = 10 * minute;
/** Wrong codes until it works no more. */
const mostTries = 5;
/** Codes to one address or number in an hour. */
const mostCodes = 5;
const hour = 60 * minute;
const purpose = "verification-code";

/**
 * Sends a code by mail or SMS, by which whoever reads it proves that the address or number is theirs. Throws
 * TOO_MANY_REQUESTS for one that got five within the hour, UNAVAILABLE where nothing can be sent.
 */
export async function sendVerification(
  ctx: Ctx,
  { customerId, channel, to }: { customerId: string; channel: Channel; to?: string | undefined },
): Promise<{ verificationId: string; expiresAt: Date }> {
  assertCan(ctx.actor, "manage customers");
  if (channel === "email" && !ctx.ports.mailer.canSend) {
    throw new AppError("UNAVAILABLE", "This installation has no mail server. Its operator sets SMTP_URL.");
  }
  return inTx(ctx, async (ctx) => {
    const customer = await findCustomer(ctx, customerId);
    assertStandsAlone(customer);
    if (channel === "sms") await assertConnected(ctx, channel);
    const address = addressOf(customer, channel, to);
    await assertFewCodes(ctx, address);
    const code = String(randomInt(1_000_000)).padStart(6, "0");
    const verificationId = newId();
    const expiresAt = new Date(ctx.now().getTime() + lifetime);
    await ctx.tx.insert(customerCodes).values({
      tenantId: ctx.tenantId,
      id: verificationId,
      customerId,
      kind: channel,
      address,
      sealedHash: ctx.vault.seal(ctx.tenantId, purpose, hashOf(verificationId, code)),
      expiresAt,
      createdAt: ctx.now(),
    });
    const { name } = await findTenant(ctx.tenantId);
    const words = { code, workspace: name };
    if (channel === "email") await queueMail(ctx, { to: address, ...codeMail(customer.locale, words) });
    else await queueSecretText(ctx, { kind: "sms", to: address, text: codeText(customer.locale, words) });
    await recordAudit(ctx, {
      action: "verification.sent",
      subjectType: "customer",
      subjectId: customerId,
      after: { verificationId, channel, expiresAt },
    });
    return { verificationId, expiresAt };
  });
}

type Channel = "email" | "sms";

/** Where the code goes: what is named, or what the customer is known by. */
function addressOf(
  { email, phone }: CustomerRow,
  channel: Channel,
  to = channel === "email" ? email : phone,
): string {
  if (to === null) {
    const what = channel === "email" ? "e-mail address" : "phone number";
    throw new AppError("VALIDATION_ERROR", `No ${what} of this customer is known. Say which in \`to\`.`);
  }
  return channel === "email" ? normaliseIdentity("email", to) : toPhoneNumber(to);
}

export interface Verified {
  verified: true;
  customerId: string;
  /** Another customer whose address it is already: merge them, if they are the same person. */
  otherCustomerId: string | null;
}

/** Checks a code. Each counts before it is compared; after five wrong ones none works any more. */
export async function checkVerification(
  ctx: Ctx,
  { verificationId, code }: { verificationId: string; code: string },
): Promise<Verified> {
  assertCan(ctx.actor, "manage customers");
  // what is refused is thrown after the transaction, so that the try stays counted
  const outcome = await inTx(ctx, (ctx) => tryCode(ctx, verificationId, code));
  if (outcome instanceof AppError) throw outcome;
  return outcome;
}

async function tryCode(ctx: TxCtx, verificationId: string, code: string): Promise<Verified | AppError> {
  const ofCode = and(eq(customerCodes.tenantId, ctx.tenantId), eq(customerCodes.id, verificationId));
  const [row] = await ctx.tx.select().from(customerCodes).where(ofCode).for("update");
  if (!row) throw notFound("The verification");
  if (row.attempts >= mostTries) {
    return new AppError("TOO_MANY_REQUESTS", `${mostTries} wrong codes were tried. Send a new one.`);
  }
  if (row.usedAt !== null || row.expiresAt <= ctx.now()) {
    return new AppError("VALIDATION_ERROR", "This code was used or has expired. Send a new one.");
  }
  const hash = ctx.vault.open(ctx.tenantId, purpose, row.sealedHash);
  const isRight = constantTimeEqual(hash, hashOf(row.id, code));
  await ctx.tx
    .update(customerCodes)
    .set(isRight ? { usedAt: ctx.now() } : { attempts: row.attempts + 1 })
    .where(ofCode);
  await recordAudit(ctx, {
    action: isRight ? "verification.passed" : "verification.failed",
    subjectType: "customer",
    subjectId: row.customerId,
    before: { attempts: row.attempts },
    after: { verificationId, attempts: row.attempts + (isRight ? 0 : 1) },
  });
  if (!isRight) {
    const left = mostTries - row.attempts - 1;
    return new AppError("VALIDATION_ERROR", `That is not the code. Tries left: ${left}.`, {
      details: { triesLeft: left },
    });
  }
  const customer = await findCustomer(ctx, row.customerId, { lock: true });
  const kind = row.kind === "sms" ? "phone" : "email";
  const linked = await linkIdentity(ctx, customer.id, { kind, value: row.address, source: "code" });
  return {
    verified: true,
    customerId: customer.id,
    otherCustomerId: linked.isTheirs ? null : linked.customerId,
  };
}

/** Forgets codes that were sent long ago. */
export async function tidyVerifications(ctx: Ctx): Promise<void> {
  const before = new Date(ctx.now().getTime() - 2 * hour);
  await inTx(ctx, (ctx) =>
    ctx.tx
      .delete(customerCodes)
      .where(and(eq(customerCodes.tenantId, ctx.tenantId), lt(customerCodes.createdAt, before))),
  );
}

/** Who sends to the same address at once waits for the other here, so that each is counted. */
async function assertFewCodes(ctx: TxCtx, address: string): Promise<void> {
  const since = new Date(ctx.now().getTime() - hour);
  await ctx.tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended(${`${ctx.tenantId}:${address}`}, 0))`,
  );
  const sent = and(
    eq(customerCodes.tenantId, ctx.tenantId),
    eq(customerCodes.address, address),
    gt(customerCodes.createdAt, since),
  );
  const [totals] = await ctx.tx.select({ n: count() }).from(customerCodes).where(sent);
  if ((totals?.n ?? 0) < mostCodes) return;
  const [last] = await ctx.tx
    .select({ at: customerCodes.createdAt })
    .from(customerCodes)
    .where(sent)
    .orderBy(desc(customerCodes.createdAt))
    .limit(1)
    .offset(mostCodes - 1);
  const retryAfter = last ? Math.ceil((last.at.getTime() + hour - ctx.now().getTime()) / 1_000) : 3_600;
  throw new AppError(
    "TOO_MANY_REQUESTS",
    `${mostCodes} codes went to this address within an hour. Wait a while.`,
    {
      details: { retryAfter },
    },
  );
}

function hashOf(verificationId: string, code: string): string {
  return sha256Hex(`${verificationId}:${code}`);
}
