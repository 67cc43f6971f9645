import { z } from "zod";
import { paginate, paginatedSchema } from "../../faces/pagination.ts";
import { router, tenantProcedure } from "../../faces/trpc/index.ts";
import { escalationStatuses } from "../conversations/index.ts";
import {
  createEscalationInput,
  escalationSchema,
  listEscalationsInput,
  ofEscalation,
} from "./escalations.schema.ts";
import {
  assignEscalation,
  createEscalation,
  getEscalation,
  listEscalations,
  updateEscalation,
} from "./service/escalations.ts";

/** Seed 000, `escalations`: requests for a person. */
export const escalationsRouter = router({
  create: tenantProcedure
    .input(createEscalationInput)
    .output(escalationSchema)
    .mutation(({ ctx, input }) => createEscalation(ctx, input)),
  list: tenantProcedure
    .input(listEscalationsInput)
    .output(paginatedSchema(escalationSchema))
    .query(async ({ ctx, input }) => {
      const { items, total } = await listEscalations(ctx, input);
      return paginate("/trpc/escalations.list", input, items, total);
    }),
  get: tenantProcedure
    .input(ofEscalation)
    .output(escalationSchema)
    .query(({ ctx, input }) => getEscalation(ctx, input)),
  assign: tenantProcedure
    .input(ofEscalation.extend({ agentId: z.uuid() }))
    .output(escalationSchema)
    .mutation(({ ctx, input }) => assignEscalation(ctx, input)),
  updateStatus: tenantProcedure
    .input(ofEscalation.extend({ status: z.enum(escalationStatuses) }))
    .output(escalationSchema)
    .mutation(({ ctx, input }) => updateEscalation(ctx, input)),
  resolve: tenantProcedure
    .input(ofEscalation)
    .output(escalationSchema)
    .mutation(({ ctx, input }) => updateEscalation(ctx, { ...input, status: "resolved" })),
});
