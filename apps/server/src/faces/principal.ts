import type { Actor, Platform } from "../platform/ctx/index.ts";
import { AppError } from "../platform/errors/index.ts";
import type { Ctx, Ports } from "../ports/index.ts";

/** A signed-in person as a face found them: their membership was read for this very request. */
export interface Principal {
  sessionId: string;
  expiresAt: Date;
  user: { id: string; name: string; email: string; image: string | null; platformRole: "USER" | "ADMIN" };
  tenant: { id: string; name: string; status: "active" | "suspended" | "deleting" };
  /** One of the product's roles, or the id of one of the tenant's own, with its name and what it may do. */
  role: string;
  roleName: string;
  rights: ReadonlySet<string>;
  /** `missing`: the tenant or the account asks for a second factor, which this session has not shown. */
  secondFactor: "shown" | "not needed" | "missing";
  /** What a page of ours sends with each change, to show that it is one; null where no cookie signed in. */
  csrfToken: string | null;
}

/** Throws MFA_REQUIRED for a session that lacks its second factor: its password alone may be known to somebody else. */
export function assertSecondFactor({ secondFactor }: Principal): void {
  if (secondFactor === "missing") {
    throw new AppError(
      "MFA_REQUIRED",
      "This workspace asks for a second factor. Enter a code of your authenticator app, or set one up first.",
    );
  }
}

/** Throws for someone who is known but may not work yet: MFA_REQUIRED, TENANT_SUSPENDED. */
export function assertMayWork(principal: Principal): void {
  assertSecondFactor(principal);
  if (principal.tenant.status !== "active") {
    throw new AppError(
      "TENANT_SUSPENDED",
      "This workspace is suspended. Ask whoever runs this installation.",
    );
  }
}

/** The browser that asks: what signing in and out reads of its request and writes into the answer. */
export interface Browser {
  /** Of the request, with the believed address in `x-real-ip`. */
  headers: Headers;
  /** Has the answer set these cookies (`Set-Cookie`). */
  setCookies(cookies: readonly string[]): void;
}

/** What a process has one of, with the ports. */
export type Services = Platform & { ports: Ports };

export function actorOf(principal: Principal): Actor {
  const { id: userId, name, platformRole } = principal.user;
  return { kind: "user", userId, name, role: principal.role, rights: principal.rights, platformRole };
}

/** Told to whoever is not who they were when they connected: somebody else, in another tenant, or with other rights. */
export function rightsChanged(): AppError {
  return new AppError("UNAUTHORIZED", "Your rights have changed. Connect again.");
}

/** What the audit log keeps of a request beside its address. */
export interface RequestFacts {
  userAgent?: string | null;
  requestId?: string | null;
}

export function contextFor(
  services: Services,
  actor: Actor,
  tenantId: string,
  ipAddress: string | null,
  { userAgent = null, requestId = null }: RequestFacts = {},
): Ctx {
  return { ...services, actor, tenantId, ipAddress, userAgent, requestId };
}
