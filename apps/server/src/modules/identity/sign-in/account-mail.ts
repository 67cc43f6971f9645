import { z } from "zod";
import type { Services } from "../../../faces/principal.ts";
import { sha256Hex } from "../../../platform/crypto/index.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { defineQueue } from "../../../platform/jobs/index.ts";
import { queueMail } from "../../mail/index.ts";
import { recordAudit } from "../audit.ts";
import { signUpOf } from "../auth/auth-of.ts";
import { startingTenant } from "../auth/first-tenant.ts";
import { findUserByEmail } from "../users.ts";
import { accountMail } from "./mail-texts.ts";
import { issueToken } from "./one-time-tokens.ts";
import { languages } from "./sign-in.schema.ts";

/**
 * A mail about an account, asked for by an address that may have none. The look-up is the worker's, so that asking takes
 * as long for an unknown address as for a known one.
 */
export const accountMailQueue = defineQueue({
  name: "identity.account-mail",
  schema: z.object({
    kind: z.enum(["verify-email", "reset-password", "known-address"]),
    email: z.string(),
    language: z.enum(languages).nullable(),
    ipAddress: z.string().nullable(),
  }),
});

type AccountMailJob = z.infer<typeof accountMailQueue.schema>;

/** Mails to one address: enough for someone who finds none in the mailbox, too few to bury it. */
const toOneAddress = [
  { limit: 4, windowMs: 15 * 60_000 },
  { limit: 12, windowMs: 24 * 3_600_000 },
];

/** Has a mail about an account written. Too many to one address are dropped without a word: the answer must not differ. */
export async function askForAccountMail(services: Services, job: AccountMailJob): Promise<void> {
  const email = job.email.toLowerCase();
  for (const rule of toOneAddress) {
    const { allowed } = await services.rateLimiter.hit(`account-mail/${sha256Hex(email).slice(0, 32)}`, rule);
    if (!allowed) return;
  }
  await services.jobs.enqueueAlone(accountMailQueue, { ...job, email });
}

/** The worker's part: an address without an account, or with a suspended one, gets nothing. */
export async function writeAccountMail(services: Services, job: AccountMailJob): Promise<void> {
  const { kind, email } = job;
  const user = await findUserByEmail(services.db, email);
  if (!user || user.status === "SUSPENDED") return;
  if (kind === "verify-email" && user.emailVerified) return;
  const tenantId = await startingTenant(services.db, user.id, signUpOf(services));
  const actor = { kind: "system", name: "sign-in" } as const;
  const { ipAddress } = job;
  await inTx({ ...services, actor, tenantId, ipAddress }, async (ctx) => {
    const token = kind === "known-address" ? null : await issueToken(ctx, kind, user.id);
    const link = new URL(pathOf[kind], services.publicUrl);
    if (token)
      link.hash = `token=${token}`; // a fragment: no server, proxy or Referer header sees it
    else link.searchParams.set("email", email);
    const language = job.language ?? user.language ?? "en";
    await queueMail(ctx, { to: email, ...accountMail(kind, language, link.href) });
    await recordAudit(ctx, {
      action: "user.mailed",
      subjectType: "user",
      subjectId: user.id,
      after: { about: kind },
    });
  });
}

const pathOf = {
  "verify-email": "/verify-email",
  "reset-password": "/reset-password",
  "known-address": "/sign-in",
} as const;
