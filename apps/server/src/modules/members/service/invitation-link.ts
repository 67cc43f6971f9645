import { randomToken, sha256Hex } from "../../../platform/crypto/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { findTenant, type TenantRole } from "../../identity/index.ts";
import { queueMail } from "../../mail/index.ts";
import { invitationMail, roleWords } from "../members.strings.ts";

/** Days for which a link opens its invitation. */
export const invitationDays = 7;

/** A new token of 256 bits. Only its hash is kept: who reads the database can open nothing. */
export function newInvitationToken(now: Date) {
  const token = randomToken();
  return {
    token,
    tokenHash: hashOfToken(token),
    expiresAt: new Date(now.getTime() + invitationDays * 24 * 3_600_000),
  };
}

export function hashOfToken(token: string): string {
  return sha256Hex(token);
}

/**
 * Sends the link by mail, or where the installation cannot, gives it to whoever invites, to hand over by themselves.
 * Never both: a link that only the mailbox saw proves the address.
 */
export async function sendLink(
  ctx: TxCtx,
  { email, token, role, inviter }: { email: string; token: string; role: TenantRole; inviter: string },
): Promise<string | null> {
  // the address is the operator's, never the one that a request came by
  const link = `${ctx.publicUrl}/invite?token=${token}`;
  if (!ctx.ports.mailer.canSend) return link;
  const tenant = await findTenant(ctx.tenantId);
  const language = tenant.language ?? "en";
  const words = {
    tenant: inOneLine(tenant.name),
    inviter: inOneLine(inviter),
    role: role.builtIn ? builtInName(language, role.id) : inOneLine(role.name),
    link,
    days: invitationDays,
  };
  await queueMail(ctx, { to: email, ...invitationMail[language](words) });
  return null;
}

function builtInName(language: keyof typeof roleWords, id: string): string {
  return new Map<string, string>(Object.entries(roleWords[language])).get(id) ?? id;
}

/** A name as it may stand in a subject, and too short to be a message of its own. */
function inOneLine(name: string): string {
  const line = name.replaceAll(/[\p{Cc}\s]+/gu, " ").trim();
  return line.length > 60 ? `${line.slice(0, 60)}…` : line;
}
