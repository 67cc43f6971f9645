import type { Services } from "../../../faces/principal.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { findUser, firstTenantsOf, type NewDevice, recordSecurityEvent } from "../../identity/index.ts";
import { queueMail } from "../../mail/index.ts";
import { newDeviceMail } from "../account.strings.ts";

const inFull = { dateStyle: "long", timeStyle: "long", timeZone: "UTC" } as const;

/**
 * Writes that someone signed in from where they never did, and tells them by mail, in their language, where there is a mail server. A
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
      const { email, language, name: person } = await findUser(userId);
      const words = newDeviceMail[language ?? "en"]({
        person,
        device: name,
        address: ipAddress ?? "",
        time: ctx.now().toLocaleString(language ?? "en", inFull),
        link: `${ctx.publicUrl}/settings?tab=account`,
      });
      await queueMail(ctx, { to: email, ...words });
    });
  } catch (error) {
    services.log.error({ error, userId }, "a new device could not be told of");
  }
}
