import { router, tenantAdminProcedure } from "../../faces/trpc/index.ts";
import {
  communityUserSchema,
  dashboardSchema,
  getAllSchema,
  updateCommunityRoleSchema,
  updatedCommunityUserSchema,
} from "./community.schema.ts";
import { getAllUsers, getDashboard, updateCommunityRole } from "./service/community.ts";

/** Seed 003, `adminRouter`: of the caller's tenant, where the other procedures of `admin` are of the installation. */
export const communityProcedures = {
  users: router({
    getAll: tenantAdminProcedure
      .input(getAllSchema)
      .output(communityUserSchema.array())
      .query(({ ctx, input }) => getAllUsers(ctx, input)),
    updateRole: tenantAdminProcedure
      .input(updateCommunityRoleSchema)
      .output(updatedCommunityUserSchema)
      .mutation(({ ctx, input }) => updateCommunityRole(ctx, input)),
  }),
  metrics: router({
    getDashboard: tenantAdminProcedure.output(dashboardSchema).query(({ ctx }) => getDashboard(ctx)),
  }),
};
