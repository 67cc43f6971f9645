import { and, eq, inArray, lt, ne, sql } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { mails } from "../mail.tables.ts";
import { openMail } from "../sealed-mail.ts";

/** Days for which it can be seen what became of a mail. */
const keptDays = 30;

/**
 * Sends a queued mail; one that is settled already is left alone. A job that runs twice after a crash sends it with
 * the same Message-ID, by which mail servers tell the copy. Throws UPSTREAM_FAILED for the queue to try again.
 */
export async function sendMail(ctx: Ctx, { mailId }: { mailId: string }): Promise<void> {
  const mail = await inTx(ctx, async (ctx) => {
    const [row] = await ctx.tx
      .update(mails)
      .set({ attempts: sql`${mails.attempts} + 1` })
      .where(and(eq(mails.tenantId, ctx.tenantId), eq(mails.id, mailId), eq(mails.status, "queued")))
      .returning({ recipient: mails.recipient, sealed: mails.sealed });
    return row;
  });
  if (!mail?.sealed) return;
  await ctx.ports.mailer.send({ id: mailId, to: mail.recipient, ...openMail(ctx, mail.sealed) });
  await settle(ctx, mailId, { status: "sent", failure: null });
}

/** After the last attempt: the words go, what is kept is that it failed, and why. Gives whom it was for and why it failed. */
export async function giveUpMail(
  ctx: Ctx,
  { mailId }: { mailId: string },
  error: unknown,
): Promise<{ recipient: string; failure: string | null } | null> {
  const failure = error instanceof Error ? error.message : String(error);
  return settle(ctx, mailId, { status: "failed", failure });
}

/** Forgets mails that were settled long ago. */
export async function tidyMails(ctx: Ctx): Promise<void> {
  const before = new Date(ctx.now().getTime() - keptDays * 86_400_000);
  await inTx(ctx, (ctx) =>
    ctx.tx
      .delete(mails)
      .where(and(eq(mails.tenantId, ctx.tenantId), ne(mails.status, "queued"), lt(mails.settledAt, before))),
  );
}

/** Forgets what became of mails to these addresses: whose they are asked for it. What still waits is sent. */
export async function forgetMailsTo(ctx: TxCtx, addresses: string[]): Promise<void> {
  if (addresses.length === 0) return;
  await ctx.tx
    .delete(mails)
    .where(
      and(eq(mails.tenantId, ctx.tenantId), ne(mails.status, "queued"), inArray(mails.recipient, addresses)),
    );
}

function settle(ctx: Ctx, mailId: string, set: { status: "sent" | "failed"; failure: string | null }) {
  return inTx(ctx, async (ctx) => {
    const [row] = await ctx.tx
      .update(mails)
      .set({ ...set, sealed: null, settledAt: ctx.now() })
      .where(and(eq(mails.tenantId, ctx.tenantId), eq(mails.id, mailId), eq(mails.status, "queued")))
      .returning({ recipient: mails.recipient, failure: mails.failure });
    return row ?? null;
  });
}
