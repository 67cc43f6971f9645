import type { Services } from "../../../faces/principal.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { findUser, firstTenantsOf, type NewDevice, recordSecurityEvent } from "../../identity/index.ts";
import { queueMail } from "../../mail/index.ts";

/**
 * Writes that someone signed in from where they never did, and tells them by mail where there is a mail server. A
 * failure is logged: it must not keep anybody from signing in.
 */
export async function tellOfNewDevice(services: Services, device: NewDevice): Promise<void> {
  const { userId, name, userAgent, ipAddress } = device;
  try {
    await recordSecurityEvent(services, {
      kind: "new_device",
      userId,
      ipAddress,
      userAgent,
      detail: { device: name },
    });
    if (!services.ports.mailer.canSend) return;
    const tenantId = (await firstTenantsOf(services.db, [userId])).get(userId);
    if (!tenantId) return;
    const actor = { kind: "system", name: "security" } as const;
    await inTx({ ...services, actor, tenantId, ipAddress }, async (ctx) => {
      const { email, name: person } = await findUser(userId);
      await queueMail(ctx, { to: email, ...wordsFor(device, { person, at: ctx.now(), url: ctx.publicUrl }) });
    });
  } catch (error) {
    services.log.error({ error, userId }, "a new device could not be told of");
  }
}

function wordsFor(
  { name, ipAddress }: NewDevice,
  { person, at, url }: { person: string; at: Date; url: string },
) {
  return {
    subject: "New sign-in to your Parlance account",
    text: [
      `Hello ${person},`,
      `somebody signed in to your account from a device that was not used before:`,
      `Device: ${name || "unknown"}\nAddress: ${ipAddress ?? "unknown"}\nTime: ${at.toUTCString()}`,
      `If it was you, there is nothing to do. If it was not, change your password at once, which ends all other sessions:`,
      `${url}/settings?tab=account`,
    ].join("\n\n"),
  };
}
