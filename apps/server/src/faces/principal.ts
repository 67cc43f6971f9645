import type { Actor, Platform, Role } from "../platform/ctx/index.ts";
import type { Ctx, Ports } from "../ports/index.ts";

/** A signed-in person as a face found them: their membership was read for this very request. */
export interface Principal {
  sessionId: string;
  expiresAt: Date;
  user: { id: string; name: string; email: string; image: string | null; platformRole: "USER" | "ADMIN" };
  tenant: { id: string; name: string };
  role: Role;
}

/** What only the session of the request itself can do. */
export interface OwnSession {
  /** Ends every session of the user; the response renews this one. Throws VALIDATION_ERROR for a wrong password. */
  changePassword(passwords: { currentPassword: string; newPassword: string }): Promise<void>;
}

/** What a process has one of, with the ports. */
export type Services = Platform & { ports: Ports };

export function actorOf(principal: Principal): Actor {
  const { id: userId, name, platformRole } = principal.user;
  return { kind: "user", userId, name, role: principal.role, platformRole };
}

export function contextFor(
  services: Services,
  actor: Actor,
  tenantId: string,
  ipAddress: string | null,
): Ctx {
  return { ...services, actor, tenantId, ipAddress };
}
