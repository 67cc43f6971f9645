import { z } from "zod";
import { paginate, paginatedSchema } from "../../faces/pagination.ts";
import { protectedProcedure, router, tenantProcedure } from "../../faces/trpc/index.ts";
import { resolutionStatuses } from "./resolution-state.ts";
import {
  addUpdateSchema,
  createResolutionSchema,
  customerUpdateSchema,
  resolutionDetailSchema,
  resolutionFilterSchema,
  resolutionSchema,
  resolveSchema,
  sendCustomerUpdateSchema,
  updateEtaSchema,
  updateResolutionSchema,
  updateSchema,
} from "./resolutions.schema.ts";
import { createResolution } from "./service/create-resolution.ts";
import {
  countResolutions,
  getResolution,
  listResolutions,
  resolutionOf,
  watchResolutions,
} from "./service/read-resolutions.ts";
import { sendCustomerUpdate } from "./service/send-customer-update.ts";
import { addUpdate, resolveResolution, updateEta, updateResolution } from "./service/update-resolution.ts";

const ofResolution = z.object({ resolutionId: z.uuid() });
const page = {
  page: z.number().int().min(1).max(1_000_000).default(1),
  pageSize: z.number().int().min(1).max(100).default(20),
};

/** Beyond the seeds' tRPC: seed 004's resolutions, for the console. */
export const resolutionsRouter = router({
  list: tenantProcedure
    .input(resolutionFilterSchema.extend(page).prefault({}))
    .output(paginatedSchema(resolutionSchema))
    .query(async ({ ctx, input }) => {
      const { items, total } = await listResolutions(ctx, input);
      return paginate("/trpc/resolutions.list", input, items, total);
    }),
  /** How many there are in each state. */
  counts: tenantProcedure
    .input(resolutionFilterSchema.prefault({}))
    .output(z.record(z.enum(resolutionStatuses), z.number()))
    .query(({ ctx, input }) => countResolutions(ctx, input)),
  get: tenantProcedure
    .input(ofResolution)
    .output(resolutionDetailSchema)
    .query(({ ctx, input }) => getResolution(ctx, input)),
  /** The latest of a conversation. */
  ofConversation: tenantProcedure
    .input(z.object({ conversationId: z.uuid() }))
    .output(resolutionSchema.nullable())
    .query(({ ctx, input }) => resolutionOf(ctx, input)),
  create: tenantProcedure
    .input(createResolutionSchema)
    .output(resolutionDetailSchema)
    .mutation(({ ctx, input }) => createResolution(ctx, input)),
  update: tenantProcedure
    .input(updateResolutionSchema.extend(ofResolution.shape))
    .output(resolutionDetailSchema)
    .mutation(({ ctx, input }) => updateResolution(ctx, input)),
  updateEta: tenantProcedure
    .input(updateEtaSchema.extend(ofResolution.shape))
    .output(resolutionDetailSchema)
    .mutation(({ ctx, input }) => updateEta(ctx, input)),
  addUpdate: tenantProcedure
    .input(addUpdateSchema.extend(ofResolution.shape))
    .output(updateSchema)
    .mutation(({ ctx, input }) => addUpdate(ctx, input)),
  sendCustomerUpdate: tenantProcedure
    .input(sendCustomerUpdateSchema.safeExtend(ofResolution.shape))
    .output(customerUpdateSchema)
    .mutation(({ ctx, input }) => sendCustomerUpdate(ctx, input)),
  resolve: tenantProcedure
    .input(resolveSchema.extend(ofResolution.shape))
    .output(resolutionDetailSchema)
    .mutation(({ ctx, input }) => resolveResolution(ctx, input)),
  /** Which resolution changed, live. */
  changes: protectedProcedure.input(z.object({}).optional()).subscription(async function* ({ ctx, signal }) {
    yield* watchResolutions(ctx, signal ?? new AbortController().signal);
  }),
});
