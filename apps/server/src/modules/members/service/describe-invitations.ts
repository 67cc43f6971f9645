import type { TxCtx } from "../../../ports/index.ts";
import { type InvitationRow, namesOf, rolesOfTenant } from "../../identity/index.ts";
import type { Invitation } from "../members.schema.ts";
import { teamNames } from "../teams.queries.ts";
import { manages } from "./describe-members.ts";

/** The role that an invitation gives. */
export const roleOf = (row: Pick<InvitationRow, "role">): string => row.role ?? "member";

/** Invitations as the caller sees them: never the link, which is shown once. */
export async function describeInvitations(ctx: TxCtx, rows: InvitationRow[]): Promise<Invitation[]> {
  const roles = await rolesOfTenant(ctx);
  const people = await namesOf(
    ctx,
    rows.map((row) => row.inviterId),
  );
  const teams = await teamNames(
    ctx,
    rows.map((row) => row.teamId).filter((id) => id !== null),
  );
  return rows.map((row) => {
    const role = roles.get(roleOf(row));
    const teamName = row.teamId ? teams.get(row.teamId) : undefined;
    const isManaged = manages(ctx.actor, role);
    return {
      id: row.id,
      email: row.email,
      name: row.name,
      role: roleOf(row),
      roleName: role?.name ?? roleOf(row),
      team: row.teamId && teamName !== undefined ? { id: row.teamId, name: teamName } : null,
      skills: row.skills,
      invitedBy: { id: row.inviterId, name: people.get(row.inviterId) ?? "" },
      createdAt: row.createdAt,
      expiresAt: row.expiresAt,
      status: row.expiresAt > ctx.now() ? "pending" : "expired",
      can: { resend: isManaged && ctx.actor.kind === "user", revoke: isManaged },
    };
  });
}
