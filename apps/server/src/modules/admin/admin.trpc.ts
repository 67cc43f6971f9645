import { z } from "zod";
import { paginate, paginatedSchema } from "../../faces/pagination.ts";
import { adminProcedure, router } from "../../faces/trpc/index.ts";
import { botSchema } from "../bots/index.ts";
import { userSchema } from "../identity/index.ts";
import { listPlans, planSchema, setTenantPlan, updatePlan, updatePlanSchema } from "../plans/index.ts";
import { usageSchema } from "../usage/index.ts";
import { communityProcedures } from "./community.trpc.ts";
import { listAllBots } from "./service/bots.ts";
import { listTenants } from "./service/tenants.ts";
import { listUsers, updateUserRole, updateUserStatus } from "./service/users.ts";
import { tenantProcedures, tenantStandingSchema } from "./tenants.trpc.ts";

const paging = z.object({
  page: z.number().int().min(1).max(1_000_000).default(1),
  pageSize: z.number().int().min(1).max(100).default(20),
  search: z.string().trim().max(100).optional(),
});
const ofTenant = z.object({ id: z.uuid(), name: z.string() });

/** Seed 001, section 4.10, and beyond it what an operator needs to use plans. */
export const adminRouter = router({
  ...communityProcedures,
  ...tenantProcedures,
  listUsers: adminProcedure
    .input(
      paging
        .extend({
          role: userSchema.shape.role.optional(),
          status: userSchema.shape.status.optional(),
        })
        .prefault({}),
    )
    .output(paginatedSchema(userSchema))
    .query(async ({ ctx, input }) => {
      const { items, total } = await listUsers(ctx, input);
      return paginate("/trpc/admin.listUsers", input, items, total);
    }),
  updateUserRole: adminProcedure
    .input(z.object({ userId: z.uuid(), role: userSchema.shape.role }))
    .output(userSchema)
    .mutation(({ ctx, input }) => updateUserRole(ctx, input)),
  updateUserStatus: adminProcedure
    .input(z.object({ userId: z.uuid(), status: z.enum(["ACTIVE", "SUSPENDED"]) }))
    .output(userSchema)
    .mutation(({ ctx, input }) => updateUserStatus(ctx, input)),
  listAllBots: adminProcedure
    .input(paging.prefault({}))
    .output(paginatedSchema(botSchema.extend({ tenant: ofTenant })))
    .query(async ({ ctx, input }) => {
      const { items, total } = await listAllBots(ctx, input);
      return paginate("/trpc/admin.listAllBots", input, items, total);
    }),
  listTenants: adminProcedure
    .input(paging.prefault({}))
    .output(
      paginatedSchema(
        tenantStandingSchema.extend({ members: z.number(), createdAt: z.date(), usage: usageSchema }),
      ),
    )
    .query(async ({ ctx, input }) => {
      const { items, total } = await listTenants(ctx, input);
      return paginate("/trpc/admin.listTenants", input, items, total);
    }),
  listPlans: adminProcedure.output(z.array(planSchema)).query(({ ctx }) => listPlans(ctx)),
  updatePlan: adminProcedure
    .input(updatePlanSchema)
    .output(planSchema)
    .mutation(({ ctx, input }) => updatePlan(ctx, input)),
  setTenantPlan: adminProcedure
    .input(z.object({ tenantId: z.uuid(), planId: z.uuid().nullable() }))
    .output(planSchema)
    .mutation(({ ctx, input }) => setTenantPlan(ctx, input)),
});
