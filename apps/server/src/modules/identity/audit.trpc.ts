import { z } from "zod";
import { protectedProcedure, router } from "../../faces/trpc/index.ts";
import { auditPageSchema, listAuditSchema, verificationSchema } from "./audit.schema.ts";
import { listAuditActions, searchAudit } from "./logs/search-audit.ts";
import { verifyLogs } from "./logs/verify-logs.ts";

/** What was done in the tenant, by whom and from where. The export is a route: `POST /api/audit/export`. */
export const auditRouter = router({
  list: protectedProcedure
    .input(listAuditSchema.prefault({}))
    .output(auditPageSchema)
    .query(({ ctx, input }) => searchAudit(ctx, input)),
  actions: protectedProcedure.output(z.array(z.string())).query(({ ctx }) => listAuditActions(ctx)),
  verify: protectedProcedure
    .output(z.object({ auditLog: verificationSchema, securityEvents: verificationSchema }))
    .query(({ ctx }) => verifyLogs(ctx)),
});
