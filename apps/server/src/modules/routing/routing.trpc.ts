import { z } from "zod";
import { protectedProcedure, router } from "../../faces/trpc/index.ts";
import { routingSettingsSchema } from "../presence/index.ts";
import {
  agentSchema,
  assignedNextSchema,
  assignInput,
  assignNextInput,
  ownershipSchema,
  queueSchema,
  setStatusInput,
} from "./routing.schema.ts";
import { assignTo, transfer } from "./service/assign.ts";
import { queueOf } from "./service/queue.ts";
import { getRoutingSettings, updateRoutingSettings } from "./service/settings.ts";
import { listAgents, setStatus } from "./service/status.ts";
import { takeNext } from "./service/take-next.ts";

/** Who is there, and whose a conversation becomes: seed 004's routing, for the console. */
export const routingRouter = router({
  getSettings: protectedProcedure.output(routingSettingsSchema).query(({ ctx }) => getRoutingSettings(ctx)),
  updateSettings: protectedProcedure
    .input(routingSettingsSchema.partial())
    .output(routingSettingsSchema)
    .mutation(({ ctx, input }) => updateRoutingSettings(ctx, input)),
  /** Everybody who answers conversations, by name. */
  presence: protectedProcedure
    .output(z.object({ items: z.array(agentSchema) }))
    .query(async ({ ctx }) => ({ items: await listAgents(ctx) })),
  setStatus: protectedProcedure
    .input(setStatusInput)
    .output(agentSchema)
    .mutation(({ ctx, input }) => setStatus(ctx, input)),
  queue: protectedProcedure
    .input(z.object({ agentId: z.uuid().optional() }).prefault({}))
    .output(queueSchema)
    .query(({ ctx, input }) => queueOf(ctx, input)),
  assignNext: protectedProcedure
    .input(assignNextInput.prefault({}))
    .output(assignedNextSchema)
    .mutation(({ ctx, input }) => takeNext(ctx, input)),
  assign: protectedProcedure
    .input(assignInput)
    .output(ownershipSchema)
    .mutation(({ ctx, input }) => assignTo(ctx, input)),
  transfer: protectedProcedure
    .input(assignInput.safeExtend({ fromAgentId: z.uuid().optional() }))
    .output(ownershipSchema)
    .mutation(({ ctx, input }) => transfer(ctx, input)),
});
