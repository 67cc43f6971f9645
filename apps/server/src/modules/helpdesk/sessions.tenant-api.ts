import { z } from "zod";
import type { Route } from "../../faces/http/route.ts";
import { tellTotal, tenantApiPageQuery, tenantApiRoute } from "../../faces/tenant-api/tenant-api-route.ts";
import { inTx } from "../../platform/ctx/index.ts";
import { notFound } from "../../platform/errors/index.ts";
import type { Ctx } from "../../ports/index.ts";
import {
  type ConversationRow,
  findConversation,
  searchConversations,
  searchSessions,
  windowOfMessages,
} from "../conversations/index.ts";
import { openSession, sessionStatuses, sessionStatusOf, statesOfSession } from "./sessions.ts";

const ofTenant = z.object({ tenant_id: z.uuid() });

const sessionSchema = z.object({
  session_id: z.uuid(),
  tenant_id: z.uuid(),
  /** The chat user; null where a member or a program tries the bot. */
  user_id: z.uuid().nullable(),
  agent_id: z.uuid().nullable(),
  supporter_id: z.uuid().nullable(),
  channel: z.string(),
  status: z.enum(sessionStatuses),
  message_count: z.number().int(),
  created_at: z.date(),
  updated_at: z.date(),
});

const listQuery = tenantApiPageQuery.extend({
  user_id: z.uuid().optional(),
  status: z.enum(sessionStatuses).optional(),
});

/** Seed 002, "Sessions". */
export const tenantSessionRoutes: Route[] = [
  tenantApiRoute({
    method: "GET",
    path: "/{tenant_id}/session",
    summary: "Sessions, the newest first; who does not read conversations gets their own.",
    params: ofTenant,
    query: listQuery,
    response: z.array(sessionSchema),
    async run(ctx, { params, query, reply }) {
      assertOwnTenant(ctx, params.tenant_id);
      const { items, total } = await searchSessions(ctx, searchOf(query));
      tellTotal(reply, total);
      return items.map(({ conversation }) => toSession(conversation));
    },
  }),
  tenantApiRoute({
    method: "POST",
    path: "/{tenant_id}/session",
    status: 201,
    summary: "Opens a session with an agent (a bot).",
    params: ofTenant,
    body: z.object({ agent_id: z.uuid() }),
    response: sessionSchema,
    async run(ctx, { params, body }) {
      assertOwnTenant(ctx, params.tenant_id);
      return toSession(await openSession(ctx, { botId: body.agent_id }));
    },
  }),
  tenantApiRoute({
    method: "GET",
    path: "/admin/sessions",
    summary: "The workspace's sessions, the newest first, for whoever reads conversations.",
    query: listQuery,
    response: z.array(sessionSchema),
    async run(ctx, { query, reply }) {
      const { items, total } = await searchConversations(ctx, searchOf(query));
      tellTotal(reply, total);
      return items.map(({ conversation }) => toSession(conversation));
    },
  }),
  tenantApiRoute({
    method: "GET",
    path: "/admin/sessions/{session_id}",
    summary: "A session with its last 200 messages, oldest first.",
    params: z.object({ session_id: z.uuid() }),
    response: sessionSchema.extend({
      messages: z.array(
        z.object({
          id: z.uuid(),
          role: z.enum(["customer", "bot", "agent", "system"]),
          content: z.string(),
          created_at: z.date(),
        }),
      ),
    }),
    async run(ctx, { params: { session_id: conversationId } }) {
      const row = await inTx(ctx, (ctx) => findConversation(ctx, conversationId));
      const messages = await windowOfMessages(ctx, { conversationId, limit: 200 });
      return {
        ...toSession(row),
        messages: messages.map(({ id, author, text, createdAt }) => ({
          id,
          role: author,
          content: text,
          created_at: createdAt,
        })),
      };
    },
  }),
];

/** The tenant in the path is the bearer's own; any other is as one that does not exist. */
function assertOwnTenant(ctx: Ctx, tenantId: string): void {
  if (tenantId !== ctx.tenantId) throw notFound("The tenant");
}

function searchOf({ page, limit, user_id: customerId, status }: z.output<typeof listQuery>) {
  return {
    page,
    pageSize: limit,
    sortBy: "created_at" as const,
    sortOrder: "desc" as const,
    filter: { customerId, status: statesOfSession(status) },
  };
}

function toSession(row: ConversationRow): z.input<typeof sessionSchema> {
  return {
    session_id: row.id,
    tenant_id: row.tenantId,
    user_id: row.customerId,
    agent_id: row.botId,
    supporter_id: row.assigneeId,
    channel: row.channel,
    status: sessionStatusOf(row.status),
    message_count: row.messageCount,
    created_at: row.createdAt,
    updated_at: row.updatedAt,
  };
}
