import type { TxCtx } from "../../../ports/index.ts";
import { queueMail } from "../../mail/index.ts";
import { accountMail } from "./mail-texts.ts";
import { issueToken } from "./one-time-tokens.ts";
import type { MailLanguage } from "./sign-in.schema.ts";

/**
 * A link by which somebody chooses a new password, at the wish of who may see to their account. It goes to their mailbox;
 * where the installation cannot send mail it is answered, to hand over, and null otherwise.
 */
export async function makeResetLink(
  ctx: TxCtx,
  user: { id: string; email: string },
  language: MailLanguage,
): Promise<string | null> {
  const token = await issueToken(ctx, "reset-password", user.id);
  const link = new URL("/reset-password", ctx.publicUrl);
  link.hash = `token=${token}`;
  if (!ctx.ports.mailer.canSend) return link.href;
  await queueMail(ctx, { to: user.email, ...accountMail("reset-password", language, link.href) });
  return null;
}
