import { z } from "zod";
import { paginate, paginatedSchema } from "../../faces/pagination.ts";
import { protectedProcedure, router, tenantProcedure } from "../../faces/trpc/index.ts";
import { askForMirror } from "./mirror/ask-for-mirror.ts";
import { getSwarm, listSwarms, readSwarmMessages, watchSwarm } from "./service/read-swarms.ts";
import { addSwarmParticipant, closeSwarm, createSwarm, sendSwarmMessage } from "./service/swarms.ts";
import {
  addParticipantSchema,
  createSwarmSchema,
  swarmDetailSchema,
  swarmFilterSchema,
  swarmMessageSchema,
  swarmSchema,
  swarmTextSchema,
} from "./swarms.schema.ts";

const ofSwarm = z.object({ swarmId: z.uuid() });

/** Beyond the seeds' tRPC: seed 004's swarms, for the console. */
export const swarmsRouter = router({
  list: tenantProcedure
    .input(
      swarmFilterSchema
        .extend({
          page: z.number().int().min(1).max(1_000_000).default(1),
          pageSize: z.number().int().min(1).max(100).default(20),
        })
        .prefault({}),
    )
    .output(paginatedSchema(swarmSchema))
    .query(async ({ ctx, input }) => {
      const { items, total } = await listSwarms(ctx, input);
      return paginate("/trpc/swarms.list", input, items, total);
    }),
  get: tenantProcedure
    .input(ofSwarm)
    .output(swarmDetailSchema)
    .query(({ ctx, input }) => getSwarm(ctx, input)),
  /** Those before the message `before`, the oldest of them first. */
  messages: tenantProcedure
    .input(
      ofSwarm.extend({ before: z.uuid().optional(), limit: z.number().int().min(1).max(100).default(50) }),
    )
    .output(z.object({ messages: z.array(swarmMessageSchema), hasOlder: z.boolean() }))
    .query(({ ctx, input }) => readSwarmMessages(ctx, input)),
  create: tenantProcedure
    .input(createSwarmSchema)
    .output(swarmDetailSchema)
    .mutation(({ ctx, input }) => createSwarm(ctx, input)),
  sendMessage: tenantProcedure
    .input(swarmTextSchema.extend(ofSwarm.shape))
    .output(swarmMessageSchema)
    .mutation(({ ctx, input }) => sendSwarmMessage(ctx, input)),
  addParticipant: tenantProcedure
    .input(addParticipantSchema.extend(ofSwarm.shape))
    .output(swarmDetailSchema)
    .mutation(({ ctx, input }) => addSwarmParticipant(ctx, input)),
  close: tenantProcedure
    .input(ofSwarm)
    .output(swarmDetailSchema)
    .mutation(({ ctx, input }) => closeSwarm(ctx, input)),
  /** Mirrors it to Slack, or tries again where that failed. */
  mirror: tenantProcedure
    .input(ofSwarm)
    .output(swarmDetailSchema)
    .mutation(({ ctx, input }) => askForMirror(ctx, input)),
  /** That something changed in it, live. */
  changes: protectedProcedure.input(ofSwarm).subscription(async function* ({ ctx, input, signal }) {
    yield* watchSwarm(ctx, { ...input, signal: signal ?? new AbortController().signal });
  }),
});
