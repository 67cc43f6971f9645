import { type Browser, contextFor, type Services } from "../../../faces/principal.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { isAppError } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { admitByProvider, beginSession, findRole, recordSecurityEvent } from "../../identity/index.ts";
import {
  type ConnectionRow,
  changeConnection,
  findConnection,
  isOn,
  providerIdOf,
} from "../connections.queries.ts";
import type { Person } from "../oidc/redeem-code.ts";
import { type SsoRefusal, SsoRefused } from "../refusal.ts";

const system = { kind: "system", name: "single sign-on" } as const;

export interface Arrival {
  services: Services;
  browser: Browser;
  tenantId: string;
  ipAddress: string | null;
}

/**
 * Does what a browser that comes from a provider asks for, with the tenant's connection. Gives the page to show next:
 * what `work` says, or the page of single sign-on with the refusal's code, which is kept as a security event of the tenant's.
 */
export async function atConnection(
  { services, browser, tenantId, ipAddress }: Arrival,
  protocol: ConnectionRow["protocol"],
  work: (ctx: Ctx, connection: ConnectionRow) => Promise<string>,
): Promise<string> {
  const ctx = contextFor(services, system, tenantId, ipAddress);
  const connection = await inTx(ctx, (ctx) => findConnection(ctx));
  // of a tenant without one nothing is kept: anybody can come with any id
  if (!connection) return refusalPage("NOT_AVAILABLE");
  try {
    if (connection.protocol !== protocol)
      throw new SsoRefused("NOT_AVAILABLE", `the connection is ${connection.protocol}`);
    if (!isOn(connection))
      throw new SsoRefused("NOT_AVAILABLE", "the connection is off or its domain unverified");
    return await work(ctx, connection);
  } catch (error) {
    const refused = toRefused(error);
    ctx.log.info({ code: refused.code, tenantId }, "a sign-in by single sign-on was refused");
    await recordSecurityEvent(ctx, {
      kind: "sign_in_failed",
      userId: null,
      tenantId,
      ipAddress,
      userAgent: browser.headers.get("user-agent"),
      detail: { by: "single sign-on", code: refused.code, reason: refused.reason.slice(0, 300) },
    });
    return refusalPage(refused.code);
  }
}

/** Signs the person in, in the tenant of the connection, and gives the page where they wanted to go. */
export async function signIn(
  ctx: Ctx,
  browser: Browser,
  connection: ConnectionRow,
  person: Person,
  next: string,
): Promise<string> {
  const domain = person.email.slice(person.email.lastIndexOf("@") + 1);
  if (domain !== connection.domain) throw new SsoRefused("OTHER_DOMAIN", `the address is of ${domain}`);
  const userId = await inTx(ctx, async (ctx) => {
    // holds the row: two first sign-ins of one person come one after the other, and nobody changes it meanwhile
    const current = await findConnection(ctx, { lock: true });
    if (current?.id !== connection.id || current.domain !== connection.domain || !isOn(current)) {
      throw new SsoRefused("NOT_AVAILABLE", "the connection was changed meanwhile");
    }
    const admission = await admitByProvider(ctx, {
      ...person,
      providerId: providerIdOf(current),
      role: await roleToGive(ctx, current.defaultRole),
    });
    if (!admission.admitted) throw new SsoRefused(admission.because, "the account may not sign in here");
    await changeConnection(ctx, current, { lastSignInAt: ctx.now() });
    return admission.userId;
  });
  await beginSession(ctx, browser, { userId, tenantId: ctx.tenantId, mfaAt: null });
  return next;
}

/** The connection's default role, or the least one when it was removed since. */
async function roleToGive(ctx: Parameters<typeof findRole>[0], role: string): Promise<string> {
  try {
    return (await findRole(ctx, role)).id;
  } catch (error) {
    if (isAppError(error) && error.code === "NOT_FOUND") return "member";
    throw error;
  }
}

function toRefused(error: unknown): SsoRefused {
  if (error instanceof SsoRefused) return error;
  // what the guarded fetch and the description of a provider throw, which name nothing of our network
  if (isAppError(error) && error.code !== "INTERNAL") {
    return new SsoRefused("PROVIDER_FAILED", error.message, error);
  }
  throw error;
}

export function refusalPage(code: SsoRefusal): string {
  return `/sso?refused=${code}`;
}
