import { paginate, paginatedSchema } from "../../faces/pagination.ts";
import { protectedProcedure, tenantProcedure } from "../../faces/trpc/index.ts";
import { listOwnSecurityEvents, listSecurityEvents } from "./logs/list-security-events.ts";
import {
  listOwnSecurityEventsSchema,
  listSecurityEventsSchema,
  securityEventSchema,
} from "./security-events.schema.ts";

/** Seed 000, `enterpriseSecurity`. */
export const securityEventProcedures = {
  listSecurityEvents: tenantProcedure
    .input(listSecurityEventsSchema.prefault({}))
    .output(paginatedSchema(securityEventSchema))
    .query(async ({ ctx, input }) => {
      const { items, total } = await listSecurityEvents(ctx, input);
      return paginate("/trpc/enterpriseSecurity.listSecurityEvents", input, items, total);
    }),
};

/** For the router `auth`: what happened to one's own account. */
export const ownSecurityEventProcedures = {
  listOwnSecurityEvents: protectedProcedure
    .input(listOwnSecurityEventsSchema.prefault({}))
    .output(paginatedSchema(securityEventSchema))
    .query(async ({ ctx, input }) => {
      const { items, total } = await listOwnSecurityEvents(ctx, input);
      return paginate("/trpc/auth.listOwnSecurityEvents", input, items, total);
    }),
};
