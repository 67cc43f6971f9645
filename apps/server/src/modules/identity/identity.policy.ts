import type { Actor } from "../../platform/ctx/index.ts";
import { AppError } from "../../platform/errors/index.ts";
import { type Right, rolesWith } from "./policies/index.ts";

/** The system may do what its job says; a visitor has no member's right; others have those that were read with them. */
export function can(actor: Actor, right: Right): boolean {
  if (actor.kind === "system") return true;
  return actor.kind !== "visitor" && actor.rights.has(right);
}

/** Throws FORBIDDEN unless the actor is ADMIN of the platform, which no role in a tenant makes them. */
export function assertPlatformAdmin(actor: Actor): void {
  if (actor.kind === "user" && actor.platformRole === "ADMIN") return;
  throw new AppError("FORBIDDEN", "Only an administrator of this installation may do that.");
}

/** Throws FORBIDDEN, which says who may. */
export function assertCan(actor: Actor, right: Right): void {
  if (can(actor, right)) return;
  const allowed = rolesWith(right);
  throw new AppError("FORBIDDEN", `You may not ${right}. It takes the role ${allowed.join(" or ")}.`, {
    details: { right, allowed },
  });
}
