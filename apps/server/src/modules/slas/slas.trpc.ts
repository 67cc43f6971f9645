import { z } from "zod";
import { paginate, paginatedSchema } from "../../faces/pagination.ts";
import { protectedProcedure, router } from "../../faces/trpc/index.ts";
import {
  createCalendar,
  deleteCalendar,
  getCalendar,
  listCalendars,
  updateCalendar,
} from "./service/calendars.ts";
import { createPolicy, deletePolicy, getPolicy, listPolicies, updatePolicy } from "./service/policies.ts";
import {
  calendarSchema,
  newCalendarSchema,
  newPolicySchema,
  ofCalendar,
  ofPolicy,
  pageOfPolicies,
  policySchema,
  updateCalendarSchema,
  updatePolicySchema,
} from "./slas.schema.ts";

const success = z.object({ success: z.literal(true) });
const done = { success: true } as const;

/** Beyond the seeds' tRPC: what seed 004 asks of service levels, for the console. */
export const slasRouter = router({
  list: protectedProcedure
    .input(pageOfPolicies)
    .output(paginatedSchema(policySchema))
    .query(async ({ ctx, input }) => {
      const { items, total } = await listPolicies(ctx, input);
      return paginate("/trpc/slas.list", input, items, total);
    }),
  get: protectedProcedure
    .input(ofPolicy)
    .output(policySchema)
    .query(({ ctx, input }) => getPolicy(ctx, input)),
  create: protectedProcedure
    .input(newPolicySchema)
    .output(policySchema)
    .mutation(({ ctx, input }) => createPolicy(ctx, input)),
  update: protectedProcedure
    .input(updatePolicySchema)
    .output(policySchema)
    .mutation(({ ctx, input }) => updatePolicy(ctx, input)),
  delete: protectedProcedure
    .input(ofPolicy)
    .output(success)
    .mutation(async ({ ctx, input }) => {
      await deletePolicy(ctx, input);
      return done;
    }),
});

/** When somebody works: what policies count by. */
export const calendarsRouter = router({
  list: protectedProcedure.output(z.array(calendarSchema)).query(({ ctx }) => listCalendars(ctx)),
  get: protectedProcedure
    .input(ofCalendar)
    .output(calendarSchema)
    .query(({ ctx, input }) => getCalendar(ctx, input)),
  create: protectedProcedure
    .input(newCalendarSchema)
    .output(calendarSchema)
    .mutation(({ ctx, input }) => createCalendar(ctx, input)),
  update: protectedProcedure
    .input(updateCalendarSchema)
    .output(calendarSchema)
    .mutation(({ ctx, input }) => updateCalendar(ctx, input)),
  delete: protectedProcedure
    .input(ofCalendar)
    .output(success)
    .mutation(async ({ ctx, input }) => {
      await deleteCalendar(ctx, input);
      return done;
    }),
});
