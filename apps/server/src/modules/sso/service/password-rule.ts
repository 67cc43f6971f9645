import { contextFor, type Services } from "../../../faces/principal.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { tenantOfName } from "../../identity/index.ts";
import { findConnection, isOn } from "../connections.queries.ts";

/**
 * Whether somebody with the address may sign in with a password, or by a social account: not where the workspace that
 * verified the domain says that its people come by single sign-on, unless they own that workspace, so that a provider
 * that fails does not lock everybody out. To be asked after the password was right, so that it tells nothing before.
 */
export async function passwordMayBeUsed(
  services: Services,
  person: { email: string; ownerOf: (tenantId: string) => Promise<boolean> },
): Promise<boolean> {
  const domain = person.email.slice(person.email.lastIndexOf("@") + 1).toLowerCase();
  const tenantId = await tenantOfName(services.db, "sso_domain", domain);
  if (!tenantId) return true;
  const ctx = contextFor(services, { kind: "system", name: "single sign-on" }, tenantId, null);
  const connection = await inTx(ctx, (ctx) => findConnection(ctx));
  if (!connection || !isOn(connection) || connection.passwordAllowed) return true;
  return person.ownerOf(tenantId);
}
