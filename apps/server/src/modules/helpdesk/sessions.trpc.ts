import { z } from "zod";
import { paginate, paginatedSchema } from "../../faces/pagination.ts";
import { router, tenantProcedure } from "../../faces/trpc/index.ts";
import { inTx } from "../../platform/ctx/index.ts";
import {
  type ConversationRow,
  channels,
  conversationOrder,
  endConversation,
  findConversation,
  searchSessions,
} from "../conversations/index.ts";
import { openSession, sessionStatuses, sessionStatusOf, statesOfSession } from "./sessions.ts";

const byId = z.object({ id: z.uuid() });

const sessionSchema = z.object({
  id: z.uuid(),
  botId: z.uuid().nullable(),
  endUserId: z.uuid().nullable(),
  channel: z.enum(channels),
  status: z.enum(sessionStatuses),
  subject: z.string().nullable(),
  messageCount: z.number().int(),
  createdAt: z.date(),
  lastMessageAt: z.date().nullable(),
  endedAt: z.date().nullable(),
});

/** Seed 000: a session is a conversation. Who does not read conversations sees their own. */
export const sessionsRouter = router({
  create: tenantProcedure
    .input(z.object({ botId: z.uuid() }))
    .output(sessionSchema)
    .mutation(async ({ ctx, input }) => toSession(await openSession(ctx, input))),
  list: tenantProcedure
    .input(
      z.object({
        status: z.enum(sessionStatuses).optional(),
        endUserId: z.uuid().optional(),
        sortOrder: conversationOrder.shape.sortOrder,
        page: z.number().int().min(1).max(100_000).default(1),
        pageSize: z.number().int().min(1).max(100).default(20),
      }),
    )
    .output(paginatedSchema(sessionSchema))
    .query(async ({ ctx, input }) => {
      const { status, endUserId, ...page } = input;
      const { items, total } = await searchSessions(ctx, {
        ...page,
        sortBy: "created_at",
        filter: { status: statesOfSession(status), customerId: endUserId },
      });
      return paginate(
        "/trpc/sessions.list",
        input,
        items.map(({ conversation }) => toSession(conversation)),
        total,
      );
    }),
  get: tenantProcedure
    .input(byId)
    .output(sessionSchema)
    .query(({ ctx, input }) => inTx(ctx, async (ctx) => toSession(await findConversation(ctx, input.id)))),
  end: tenantProcedure
    .input(byId)
    .output(sessionSchema)
    .mutation(async ({ ctx, input }) => toSession(await endConversation(ctx, { conversationId: input.id }))),
});

function toSession(row: ConversationRow): z.input<typeof sessionSchema> {
  const { id, botId, channel, subject, messageCount, createdAt, lastMessageAt } = row;
  return {
    id,
    botId,
    endUserId: row.customerId,
    channel,
    status: sessionStatusOf(row.status),
    subject,
    messageCount,
    createdAt,
    lastMessageAt,
    endedAt: row.resolvedAt,
  };
}
