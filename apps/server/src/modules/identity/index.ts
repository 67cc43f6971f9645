export { findAccount, noteTenant, tenantNote } from "./accounts.ts";
export { type AuditEntry, recordAudit } from "./audit.ts";
export { type Auth, createAuth, findMembership, type Membership } from "./auth.ts";
export { publishName, tenantOfName, withdrawName } from "./directory.ts";
export { assertCan, can, type Right } from "./identity.policy.ts";
export { listTenantIds, namesOf } from "./people.ts";
