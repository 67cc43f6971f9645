export { emailAddress, memberSchema, personName } from "./members.schema.ts";
export { invite } from "./service/invite.ts";
export {
  deactivateMember,
  getMember,
  listMembers,
  reactivateMember,
  updateMemberRole,
} from "./service/manage-members.ts";
export { findTeam, teamNames, teamsOf } from "./teams.queries.ts";
export { splitName } from "./v1-users.schema.ts";
