import { colleague } from "../../harness/scenarios.ts";
import { andKeys, type Capability, everyone, managers, supporters } from "./capability.ts";

/** People of a tenant, whom it invited, its teams and its own roles. */
export const members: Capability = {
  async furnish({ server, owner, word }) {
    const person = await colleague(server, owner, "member");
    const { users, teams, enterpriseSecurity } = owner.trpc;
    const { invitations } = await users.invite.mutate({
      emails: [`${word}-${crypto.randomUUID()}@example.test`],
    });
    const team = await teams.create.mutate({ name: `Team ${word}` });
    const role = await enterpriseSecurity.createRole.mutate({ name: `Role ${word}`, rights: ["read bots"] });
    await teams.addMember.mutate({ teamId: team.id, userId: person.userId });
    return {
      colleague: person.userId,
      invitation: invitations[0]?.id ?? "",
      team: team.id,
      customRole: role.id,
    };
  },
  async remove({ owner, id }) {
    await owner.trpc.users.revokeInvitation.mutate({ invitationId: id("invitation") });
    await owner.trpc.teams.delete.mutate({ teamId: id("team") });
    await owner.trpc.enterpriseSecurity.deleteRole.mutate({ roleId: id("customRole") });
  },
  // an account outlives its memberships
  kept: ["colleague"],
  inputs: { "users.invite": { emails: ["somebody@example.test"] } },
  ids: {
    "users.userId": "colleague",
    "teams.userId": "colleague",
    "admin.users.updateRole.userId": "colleague",
    "GET /v1/users/{id}.id": "colleague",
    "PATCH /v1/users/{id}.id": "colleague",
    "DELETE /v1/users/{id}.id": "colleague",
    "PATCH /v1/users/{id}/skills.id": "colleague",
    "PATCH /v1/users/{id}/password.id": "colleague",
    "GET /v1/teams/{id}.id": "team",
    "PATCH /v1/teams/{id}.id": "team",
    "DELETE /v1/teams/{id}.id": "team",
    "GET /v1/teams/{id}/members.id": "team",
    teamId: "team",
    invitationId: "invitation",
    roleId: "customRole",
    "enterpriseSecurity.deleteRole.moveTo": "customRole",
    "users.updateRole.role": "customRole",
    "users.invite.role": "customRole",
  },
  callers: {
    "users.*": managers,
    "users.list": supporters,
    "users.get": supporters,
    "teams.*": managers,
    "teams.list": supporters,
    "enterpriseSecurity.listRoles": andKeys(supporters),
    "enterpriseSecurity.createRole": managers,
    "enterpriseSecurity.updateRole": managers,
    "enterpriseSecurity.deleteRole": managers,
    "admin.users.getAll": managers,
    "admin.users.updateRole": managers,
    "admin.metrics.getDashboard": managers,
    // whoever holds the link
    "auth.invitation": everyone,
    "auth.acceptInvitation": everyone,
    "GET /v1/users": andKeys(managers),
    "GET /v1/users/{id}": andKeys(managers),
    "POST /v1/users": andKeys(managers),
    "PATCH /v1/users/{id}": andKeys(managers),
    "DELETE /v1/users/{id}": andKeys(managers),
    "PATCH /v1/users/{id}/skills": andKeys(managers),
    "PATCH /v1/users/{id}/password": managers,
    "GET /v1/teams": andKeys(supporters),
    "GET /v1/teams/{id}": andKeys(supporters),
    "POST /v1/teams": andKeys(managers),
    "PATCH /v1/teams/{id}": andKeys(managers),
    "DELETE /v1/teams/{id}": andKeys(managers),
    "GET /v1/teams/{id}/members": andKeys(supporters),
  },
};
