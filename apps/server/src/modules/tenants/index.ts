export { createCertificateSigner } from "./deletion/certificate-signer.ts";
export { getCertificate, listDeletions } from "./deletion/read-deletions.ts";
export { runDeletion, startDueDeletions } from "./deletion/run-deletion.ts";
export { runExport } from "./export/run-export.ts";
export { tidyExports } from "./export/tidy-exports.ts";
export { createTenantFor } from "./service/create-tenant.ts";
export { subdomainOf } from "./service/manage-tenant.ts";
export { takeTurn } from "./service/paused-jobs.ts";
export { getPermissions, setPermissions } from "./service/permissions.ts";
export { reactivateTenant, suspendTenant } from "./service/stop-tenant.ts";
export { deletionQueue, exportQueue } from "./tenants.jobs.ts";
export {
  createTenantSchema,
  deletionSchema,
  permissionsSchema,
  signedCertificateSchema,
} from "./tenants.schema.ts";
