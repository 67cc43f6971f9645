export { findAccount, noteTenant, tenantNote } from "./accounts.ts";
export { type AuditEntry, recordAudit } from "./audit.ts";
export { authOf } from "./auth/auth-of.ts";
export { type Auth, createAuth } from "./auth/create-auth.ts";
export { isOpenPath } from "./auth/open-paths.ts";
export { beginSession, endSessions, type NewSession, rotateSession } from "./auth/sessions.ts";
export { publishName, tenantOfName, withdrawName, withdrawNamesOfBot } from "./directory.ts";
export { assertCan, assertPlatformAdmin, can, covers } from "./identity.policy.ts";
export { userSchema } from "./identity.schema.ts";
export { recordSecurityEvent, type SecurityEvent } from "./logs/record-security-event.ts";
export {
  isSecurityEventKind,
  kindsOf,
  type SecurityEventKind,
  type SecuritySeverity,
  securityEventKinds,
  securitySeverities,
  severityOf,
} from "./logs/security-event-kinds.ts";
export {
  changeInvitation,
  countInvitations,
  findInvitation,
  type InvitationRow,
  invitationByToken,
  invitationOf,
  moveInvitations,
  putInvitation,
  searchInvitations,
} from "./members/invitations.queries.ts";
export {
  changeMember,
  countByRole,
  endSessionsHere,
  findMember,
  lockMembers,
  type MemberFilter,
  type MemberRow,
  memberStatuses,
  membersElsewhere,
  memberWithEmail,
  moveMembers,
  searchMembers,
  statusOfMember,
} from "./members/members.queries.ts";
export {
  changeRole,
  countRoles,
  findRole,
  insertRole,
  isRoleName,
  removeRole,
  rolesOfTenant,
  type TenantRole,
} from "./members/roles.queries.ts";
export { findMembership, type Membership } from "./membership.ts";
export { changeOwnPassword } from "./passwords.ts";
export { listTenantIds, namesOf } from "./people.ts";
export { ensurePlatformAdmins, ensureSomeAdmin, lockPlatformAdmins } from "./platform-admins.ts";
export {
  allRights,
  isRight,
  type Right,
  rightsByCapability,
  rightsOfPermissions,
  rightsOfRole,
} from "./policies/index.ts";
export { tenantDomains } from "./tenant-domains.ts";
export { assertTenant, type ListedTenant, searchTenants, tenantsWithBots } from "./tenants.ts";
export {
  changeUser,
  findUser,
  firstTenantsOf,
  searchUsers,
  toUser,
  type User,
  type UserFilter,
} from "./users.ts";
