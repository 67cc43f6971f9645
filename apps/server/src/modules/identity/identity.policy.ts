import type { Actor, ApiPermission, Role } from "../../platform/ctx/index.ts";
import { AppError } from "../../platform/errors/index.ts";

/** What a member may do, by role. Each line reads as a sentence: "manage bots: owner, admin". */
const rights = {
  "read bots": ["owner", "admin", "agent", "member"],
  "manage bots": ["owner", "admin"],
  "manage portal": ["owner", "admin"],
  "manage knowledge": ["owner", "admin"],
  "read conversations": ["owner", "admin", "agent"],
  "answer conversations": ["owner", "admin", "agent"],
  // questions and comments stand in them, so it takes who may read conversations
  "read analytics": ["owner", "admin", "agent"],
  "review answers": ["owner", "admin", "agent"],
  "read problems": ["owner", "admin", "agent"],
  "manage problems": ["owner", "admin", "agent"],
  // cases are made of conversations, so it takes who may read them
  "read evaluations": ["owner", "admin", "agent"],
  "evaluate bots": ["owner", "admin"],
  "ask bots": ["owner", "admin", "agent", "member"],
  "manage models": ["owner", "admin"],
  "manage API keys": ["owner", "admin"],
} as const satisfies Record<string, readonly Role[]>;

export type Right = keyof typeof rights;

/** What an API key may do, by its permissions. */
const permitted: Record<ApiPermission, readonly Right[]> = {
  chat: ["ask bots"],
  evaluate: ["read evaluations", "evaluate bots"],
};

/** The system may do what its job says; a visitor has no member's right, an API key those of its permissions. */
export function can(actor: Actor, right: Right): boolean {
  if (actor.kind === "system") return true;
  if (actor.kind === "visitor") return false;
  if (actor.kind === "apiKey") return actor.permissions.some((name) => permitted[name].includes(right));
  const allowed: readonly Role[] = rights[right];
  return allowed.includes(actor.role);
}

/** Throws FORBIDDEN unless the actor is ADMIN of the platform, which no role in a tenant makes them. */
export function assertPlatformAdmin(actor: Actor): void {
  if (actor.kind === "user" && actor.platformRole === "ADMIN") return;
  throw new AppError("FORBIDDEN", "Only an administrator of this installation may do that.");
}

/** Throws FORBIDDEN, which says who may. */
export function assertCan(actor: Actor, right: Right): void {
  if (can(actor, right)) return;
  throw new AppError("FORBIDDEN", `You may not ${right}. It takes the role ${rights[right].join(" or ")}.`, {
    details: { right, allowed: rights[right] },
  });
}
