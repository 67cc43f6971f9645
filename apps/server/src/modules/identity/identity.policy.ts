import type { Actor } from "../../platform/ctx/index.ts";
import { AppError } from "../../platform/errors/index.ts";
import { permissionsWith, type Right, rolesWith } from "./policies/index.ts";

/** The system may do what its job says; a visitor has no member's right; others have those that were read with them. */
export function can(actor: Actor, right: Right): boolean {
  if (actor.kind === "system") return true;
  return actor.kind !== "visitor" && actor.rights.has(right);
}

/** Whether the actor may do all of this themselves: nobody gives, takes or changes what goes beyond their own rights. */
export function covers(actor: Actor, rights: Iterable<Right>): boolean {
  return [...rights].every((right) => can(actor, right));
}

/** Throws FORBIDDEN unless the actor is ADMIN of the platform, which no role in a tenant makes them. */
export function assertPlatformAdmin(actor: Actor): void {
  if (actor.kind === "user" && actor.platformRole === "ADMIN") return;
  throw new AppError("FORBIDDEN", "Only an administrator of this installation may do that.");
}

/** Throws FORBIDDEN, which says who may. */
export function assertCan(actor: Actor, right: Right): void {
  if (can(actor, right)) return;
  if (actor.kind === "apiKey") throw keyMayNot(right);
  const allowed = rolesWith(right);
  throw new AppError("FORBIDDEN", `You may not ${right}. It takes the role ${allowed.join(" or ")}.`, {
    details: { right, allowed },
  });
}

function keyMayNot(right: Right): AppError {
  const permissions = permissionsWith(right);
  const way =
    permissions.length > 0
      ? `It takes the permission ${permissions.join(" or ")}, of a key whose maker may do so too.`
      : "No API key may: sign in for that.";
  return new AppError("FORBIDDEN", `This API key may not ${right}. ${way}`, {
    details: { right, permissions },
  });
}
