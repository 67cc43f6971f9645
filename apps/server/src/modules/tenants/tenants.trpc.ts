import { z } from "zod";
import { ownProcedure, protectedProcedure, router, signedInProcedure } from "../../faces/trpc/index.ts";
import { cancelDeletion, requestDeletion } from "./deletion/request-deletion.ts";
import { downloadExport, getExport, listExports, startExport } from "./export/manage-exports.ts";
import { createOwnTenant } from "./service/create-tenant.ts";
import { getTenant, updateTenant } from "./service/manage-tenant.ts";
import { standingOf } from "./service/standing.ts";
import * as schema from "./tenants.schema.ts";

const ofExport = z.object({ exportId: z.uuid() });

/** The caller's own workspace. Which others they belong to, and the way there, is `auth`'s. */
export const tenantRouter = router({
  get: protectedProcedure.output(schema.tenantSchema).query(({ ctx }) => getTenant(ctx)),
  update: protectedProcedure
    .input(schema.updateTenantSchema)
    .output(schema.tenantSchema)
    .mutation(({ ctx, input }) => updateTenant(ctx, input)),
  create: protectedProcedure
    .input(schema.createTenantSchema.pick({ name: true, subdomain: true }))
    .output(z.object({ id: z.uuid(), name: z.string() }))
    .mutation(({ ctx, input }) => createOwnTenant(ctx, input)),
  /** Also for those whose workspace is shut. */
  standing: signedInProcedure.output(schema.standingSchema).query(({ ctx }) => standingOf(ctx)),
  export: router({
    start: protectedProcedure.output(schema.exportSchema).mutation(({ ctx }) => startExport(ctx)),
    status: protectedProcedure
      .input(ofExport)
      .output(schema.exportSchema)
      .query(({ ctx, input }) => getExport(ctx, input)),
    list: protectedProcedure.output(z.array(schema.exportSchema)).query(({ ctx }) => listExports(ctx)),
    download: protectedProcedure
      .input(ofExport)
      .output(schema.downloadSchema)
      .mutation(({ ctx, input }) => downloadExport(ctx, input)),
  }),
  requestDeletion: protectedProcedure
    .input(z.object({ name: z.string().max(200), password: z.string().max(256).optional() }))
    .output(z.object({ dueAt: z.date() }))
    .mutation(({ ctx, input }) => {
      return requestDeletion(ctx, { ...input, sessionId: ctx.principal.sessionId });
    }),
  /** The workspace is shut by then, so that this is for whoever signed in, with their second factor. */
  cancelDeletion: ownProcedure.output(schema.standingSchema).mutation(async ({ ctx }) => {
    await cancelDeletion(ctx);
    return standingOf(ctx);
  }),
});
