export { findAccount, noteTenant, tenantNote } from "./accounts.ts";
export { type AuditEntry, recordAudit } from "./audit.ts";
export { accessTokenSigner } from "./auth/access-token-keys.ts";
export { authOf } from "./auth/auth-of.ts";
export { createAccount, hashPassword, passwordLength } from "./auth/create-account.ts";
export { type Auth, createAuth } from "./auth/create-auth.ts";
export { startingTenant } from "./auth/first-tenant.ts";
export { isOpenPath } from "./auth/open-paths.ts";
export {
  beginProgramSession,
  findLiveSession,
  type LiveSession,
} from "./auth/program-sessions.ts";
export { beginSession, endSessions, type NewSession, rotateSession } from "./auth/sessions.ts";
export type { SocialClients } from "./auth/social-providers.ts";
export type { NewDevice } from "./devices/sign-in-device.ts";
export { claimName, publishName, tenantOfName, withdrawName, withdrawNamesOfBot } from "./directory.ts";
export { findPrincipals, type SessionStanding } from "./find-principals.ts";
export { assertCan, assertPlatformAdmin, can, covers } from "./identity.policy.ts";
export { userSchema } from "./identity.schema.ts";
export { findSecurityEvent } from "./logs/list-security-events.ts";
export { recordSecurityEvent, type SecurityEvent } from "./logs/record-security-event.ts";
export { resealHeads } from "./logs/reseal-heads.ts";
export { searchAudit } from "./logs/search-audit.ts";
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
  type Admission,
  admitByProvider,
  forgetProvider,
  type VouchedPerson,
} from "./members/admit-by-provider.ts";
export {
  changeInvitation,
  countInvitations,
  findInvitation,
  type InvitationRow,
  invitationByToken,
  invitationOf,
  moveInvitations,
  type OpenInvitation,
  putInvitation,
  searchInvitations,
} from "./members/invitations.queries.ts";
export {
  addMember,
  adminsOf,
  changeMember,
  countByRole,
  endSessionsHere,
  findMember,
  insertAccount,
  lockMembers,
  type MemberFilter,
  type MemberRow,
  type MemberStatus,
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
export { findMembership, findMemberships, type Membership } from "./membership.ts";
export { changeOwnPassword, putPassword, verifyPassword } from "./passwords.ts";
export { listTenantIds, namesAfterwards, namesOf } from "./people.ts";
export {
  assertPermitted,
  keepPermissions,
  type Permissions,
  permissionsOf,
} from "./permissions.ts";
export { ensurePlatformAdmins, ensureSomeAdmin, lockPlatformAdmins } from "./platform-admins.ts";
export {
  allRights,
  isRight,
  permissionsWith,
  type Right,
  rightsByCapability,
  rightsOfPermissions,
  rightsOfRole,
} from "./policies/index.ts";
export { confirmPerson } from "./second-factor/confirm-person.ts";
export { type Proof, proveSecondFactor } from "./second-factor/prove.ts";
export { resealSecondFactors } from "./second-factor/reseal.ts";
export { removeSecondFactor } from "./second-factor/turn-off.ts";
export { criticalEventRecorded } from "./security.events.ts";
export type { SecurityEventShown } from "./security-events.schema.ts";
export { accountMailQueue, askForAccountMail, writeAccountMail } from "./sign-in/account-mail.ts";
export { failedSignInQueue, recordFailedSignIn } from "./sign-in/failed-sign-ins.ts";
export { noteSession } from "./sign-in/note-session.ts";
export { issueToken } from "./sign-in/one-time-tokens.ts";
export { type Caller, registerAccount } from "./sign-in/register.ts";
export { makeResetLink } from "./sign-in/reset-link.ts";
export { checkPassword, signIn } from "./sign-in/sign-in.ts";
export { assertMayUsePassword, requireSsoOf } from "./sign-in/sso-only.ts";
export { tidySignIns } from "./sign-in/tidy.ts";
export { isAnyTenantsDomain, tenantDomains } from "./tenant-domains.ts";
export {
  assertTenantWorks,
  changeTenant,
  countOwnedTenants,
  findTenant,
  holdTenantStatus,
  insertTenant,
  ownersOf,
  removeTenant,
  searchTenantRows,
  type TenantChange,
  type TenantRow,
  type TenantStatus,
  tenantClosed,
  tenantStatus,
  tenantStatuses,
} from "./tenant-record.ts";
export { assertTenant, type ListedTenant, searchTenants, tenantsWithBots } from "./tenants.ts";
export { toPrincipal } from "./to-principal.ts";
export {
  changeUser,
  confirmAddress,
  findUser,
  firstTenantsOf,
  searchUsers,
  toUser,
  type User,
  type UserFilter,
} from "./users.ts";
