export { findAccount, noteTenant, tenantNote } from "./accounts.ts";
export { type AuditEntry, recordAudit } from "./audit.ts";
export { type Auth, createAuth } from "./auth/create-auth.ts";
export { publishName, tenantOfName, withdrawName, withdrawNamesOfBot } from "./directory.ts";
export { assertCan, assertPlatformAdmin, can } from "./identity.policy.ts";
export { userSchema } from "./identity.schema.ts";
export { findMembership, type Membership } from "./membership.ts";
export { changeOwnPassword } from "./passwords.ts";
export { listTenantIds, namesOf } from "./people.ts";
export { ensurePlatformAdmins, ensureSomeAdmin, lockPlatformAdmins } from "./platform-admins.ts";
export { allRights, isRight, type Right, rightsOfPermissions, rightsOfRole } from "./policies/index.ts";
export {
  isSecurityEventKind,
  kindsOf,
  type SecurityEventKind,
  type SecuritySeverity,
  securityEventKinds,
  securitySeverities,
  severityOf,
} from "./security-event-kinds.ts";
export { recordSecurityEvent, type SecurityEvent } from "./security-events.ts";
export { tenantDomains } from "./tenant-domains.ts";
export { assertTenant, type ListedTenant, searchTenants, tenantsWithBots } from "./tenants.ts";
export {
  changeUser,
  endSessions,
  findUser,
  firstTenantsOf,
  searchUsers,
  toUser,
  type User,
  type UserFilter,
} from "./users.ts";
