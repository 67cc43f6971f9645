import { z } from "zod";
import { AppError } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { mailQueue } from "../mail.jobs.ts";
import { mails } from "../mail.tables.ts";
import { sealMail } from "../sealed-mail.ts";

/** What `queueMail` takes: plain text to one address. */
export const mailSchema = z.object({
  to: z.email().max(320),
  // a line break would begin another header
  subject: z.string().regex(/^[^\r\n]{1,200}$/),
  text: z.string().min(1).max(20_000),
});

export type OutgoingMail = z.infer<typeof mailSchema>;

/**
 * Has a mail sent once the caller's transaction commits, and never if it does not. Throws UNAVAILABLE without a mail
 * server: ask `ctx.ports.mailer.canSend` first, and show a link to copy where that is safe.
 */
export async function queueMail(ctx: TxCtx, mail: OutgoingMail): Promise<void> {
  if (!ctx.ports.mailer.canSend) {
    throw new AppError("UNAVAILABLE", "This installation has no mail server. Its operator sets SMTP_URL.");
  }
  const { to, ...words } = mailSchema.parse(mail);
  const id = newId();
  await ctx.tx.insert(mails).values({
    tenantId: ctx.tenantId,
    id,
    recipient: to,
    sealed: sealMail(ctx, words),
    createdAt: ctx.now(),
  });
  await ctx.jobs.enqueue(mailQueue, { tenantId: ctx.tenantId, mailId: id });
}
