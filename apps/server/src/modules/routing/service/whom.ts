import { AppError } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { assertCan } from "../../identity/index.ts";

/** For whom somebody acts: themselves, or whom they name if they manage routing. */
export function whomFor({ actor }: Pick<Ctx, "actor">, agentId: string | undefined): string {
  assertCan(actor, "answer conversations");
  const own = actor.kind === "user" ? actor.userId : undefined;
  if (agentId !== undefined && agentId !== own) {
    assertCan(actor, "manage routing");
    return agentId;
  }
  if (own === undefined) throw new AppError("VALIDATION_ERROR", "Say which agent: agentId.");
  return own;
}
