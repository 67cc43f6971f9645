import { contextFor, type Services } from "../../../faces/principal.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { findMember, findMembership } from "../../identity/index.ts";
import { splitName, teamsOf } from "../../members/index.ts";
import type { V1User } from "../tokens.schema.ts";

/** A person as seed 004 describes them, in the workspace of their session. */
export async function describeUser(
  services: Services,
  { userId, tenantId }: { userId: string; tenantId: string },
): Promise<V1User> {
  const membership = await findMembership(services.db, userId, tenantId);
  if (!membership) throw new AppError("UNAUTHORIZED", "This account is no member of the workspace any more.");
  const system = contextFor(services, { kind: "system", name: "tokens" }, tenantId, null);
  return inTx(system, async (ctx) => {
    const { email, name } = await findMember(ctx, userId);
    const [team] = (await teamsOf(ctx, [userId])).get(userId) ?? [];
    return { id: userId, email, ...splitName(name), role: membership.roleName, teamId: team?.id ?? null };
  });
}

/** The person behind an access token; throws FORBIDDEN for an API key, which is nobody. */
export function personOf({ actor }: Ctx): string {
  if (actor.kind === "user") return actor.userId;
  throw new AppError("FORBIDDEN", "An API key is no person's. Send the access token of a sign-in.");
}
