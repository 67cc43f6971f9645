import { lte } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { adminsOf, findSecurityEvent, type SecurityEventKind, statusOfMember } from "../../identity/index.ts";
import { queueMail } from "../../mail/index.ts";
import { securityAlerts } from "../security.tables.ts";
import { alertMail } from "./alert-mail.ts";

/** A flood of one kind, of lockouts say, is one mail an hour. The screen shows all of it. */
const quietMs = 3_600_000;
/** Whoever looks after a workspace are few. */
const mostMails = 20;

/**
 * Tells the tenant's owners and admins of an event by mail, each in their language, unless they were told of one of its kind within the hour.
 * Without a mail server nobody is told: the event stands in the list.
 */
export async function alertAdmins(ctx: Ctx, { eventId }: { eventId: string }): Promise<void> {
  if (!ctx.ports.mailer.canSend) return;
  await inTx(ctx, async (ctx) => {
    const event = await findSecurityEvent(ctx, eventId);
    if (!event || !(await takeTurn(ctx, event.kind))) return;
    const admins = (await adminsOf(ctx)).filter((member) => statusOfMember(member) === "active");
    for (const { email, language } of admins.slice(0, mostMails)) {
      const words = alertMail(event, { language: language ?? "en", publicUrl: ctx.publicUrl });
      await queueMail(ctx, { to: email, ...words });
    }
  });
}

/** Whether nobody was told of this kind within the hour; from now on somebody was. Of two at once, one. */
async function takeTurn(ctx: TxCtx, kind: SecurityEventKind): Promise<boolean> {
  const { tenantId } = ctx;
  const sentAt = ctx.now();
  const turns = await ctx.tx
    .insert(securityAlerts)
    .values({ tenantId, kind, sentAt })
    .onConflictDoUpdate({
      target: [securityAlerts.tenantId, securityAlerts.kind],
      set: { sentAt },
      setWhere: lte(securityAlerts.sentAt, new Date(sentAt.getTime() - quietMs)),
    })
    .returning({ kind: securityAlerts.kind });
  return turns.length > 0;
}
