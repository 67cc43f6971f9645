import { z } from "zod";
import { tenantProcedure } from "../../faces/trpc/index.ts";
import {
  createRoleSchema,
  deleteRoleSchema,
  listedRolesSchema,
  roleSchema,
  updateRoleSchema,
} from "./roles.schema.ts";
import { createRole, deleteRole, listRoles, updateRole } from "./service/roles.ts";

/** Seed 000, `enterpriseSecurity.*Role*`. */
export const roleProcedures = {
  listRoles: tenantProcedure.output(listedRolesSchema).query(({ ctx }) => listRoles(ctx)),
  createRole: tenantProcedure
    .input(createRoleSchema)
    .output(roleSchema)
    .mutation(({ ctx, input }) => createRole(ctx, input)),
  updateRole: tenantProcedure
    .input(updateRoleSchema)
    .output(roleSchema)
    .mutation(({ ctx, input }) => updateRole(ctx, input)),
  deleteRole: tenantProcedure
    .input(deleteRoleSchema)
    .output(z.object({ success: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await deleteRole(ctx, input);
      return { success: true } as const;
    }),
};
