import type { z } from "zod";
import { contextFor } from "../../../faces/principal.ts";
import { signUpOf } from "../auth/auth-of.ts";
import { startingTenant } from "../auth/first-tenant.ts";
import { shownDevice } from "../devices/device-cookie.ts";
import { isTrustedDevice } from "../devices/recognise.ts";
import { trustDevice } from "../devices/trust.ts";
import { findMembership } from "../membership.ts";
import { proveSecondFactor } from "../second-factor/prove.ts";
import type { Caller } from "./register.ts";
import type { loginSchema } from "./sign-in.schema.ts";

type Factor = Pick<z.output<typeof loginSchema>, "code" | "backupCode" | "trustDevice">;

/**
 * What the right password still lacks. `shown`: a code that was sent along is right, or the browser is trusted;
 * `missing`: the session begins without it, and `mfa.verify` comes next; `not needed`: neither the account nor the
 * workspace asks for one. Throws as `proveSecondFactor` does.
 */
export async function showSecondFactor(
  caller: Caller,
  userId: string,
  { code, backupCode }: Factor,
): Promise<"shown" | "missing" | "not needed"> {
  const { services, browser } = caller;
  const { tenantId, membership } = await firstMembership(caller, userId);
  if (!membership?.twoFactorEnabled) return membership?.tenant.requireMfa ? "missing" : "not needed";
  const shown = shownDevice(browser.headers, services.publicUrl.startsWith("https:"));
  if (await isTrustedDevice(services.db, { userId, shown, now: services.now() })) return "shown";
  const typed = code ?? backupCode;
  if (typed === undefined) return "missing";
  await proveSecondFactor(contextOf(caller, tenantId), userId, typed);
  return "shown";
}

/** Asks for no code for 30 days where a session began that showed one. */
export async function trustAfterSignIn(caller: Caller, userId: string, sessionId: string): Promise<void> {
  const { tenantId, membership } = await firstMembership(caller, userId);
  if (membership?.twoFactorEnabled) await trustDevice(contextOf(caller, tenantId), { userId, sessionId });
}

async function firstMembership({ services }: Caller, userId: string) {
  const tenantId = await startingTenant(services.db, userId, signUpOf(services));
  return { tenantId, membership: await findMembership(services.db, userId, tenantId) };
}

function contextOf({ services, ipAddress, ...facts }: Caller, tenantId: string) {
  return contextFor(services, { kind: "system", name: "sign-in" }, tenantId, ipAddress, facts);
}
