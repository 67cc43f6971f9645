import { z } from "zod";
import type { Route } from "../../faces/http/route.ts";
import { tellTotal, tenantApiRoute } from "../../faces/tenant-api/tenant-api-route.ts";
import { notFound } from "../../platform/errors/index.ts";
import { newId } from "../../platform/ids/index.ts";
import type { Ctx } from "../../ports/index.ts";
import { messageText, replyAsAgent } from "../conversations/index.ts";
import { queueOf } from "./service/queue.ts";

const ofTenant = z.object({ tenant_id: z.uuid() });

/** Another tenant and none answer alike. */
function assertOwnTenant(ctx: Ctx, { tenant_id }: z.output<typeof ofTenant>): void {
  if (tenant_id !== ctx.tenantId) throw notFound("The workspace");
}

/** Seed 002, section 9: what a supporter works with. */
export const supporterRoutes: Route[] = [
  tenantApiRoute({
    method: "GET",
    path: "/{tenant_id}/supporter/sessions",
    summary: "The sessions that the caller has in hand, the most pressing first.",
    params: ofTenant,
    response: z.array(
      z.object({
        session_id: z.uuid(),
        /** Seed 002 knows `active`, `escalated`, `resolved` and `closed`: who is with a person is escalated. */
        status: z.literal("escalated"),
        waiting_for: z.enum(["supporter", "user"]),
        user_name: z.string().nullable(),
        channel: z.string(),
        unread: z.number().int(),
        last_message_at: z.date().nullable(),
      }),
    ),
    async run(ctx, { params, reply }) {
      assertOwnTenant(ctx, params);
      const { conversations } = await queueOf(ctx, {});
      tellTotal(reply, conversations.length);
      return conversations.map((item) => ({
        session_id: item.id,
        status: "escalated" as const,
        waiting_for: item.state === "awaiting_customer" ? ("user" as const) : ("supporter" as const),
        user_name: item.customerName,
        channel: item.currentChannel,
        unread: item.unreadCount,
        last_message_at: item.lastMessageAt,
      }));
    },
  }),
  tenantApiRoute({
    method: "POST",
    path: "/{tenant_id}/supporter/message",
    summary:
      "Answers a session as a supporter, and takes it where nobody has it. Sent again with one client_id, it is one.",
    params: ofTenant,
    body: z.object({ session_id: z.uuid(), message: messageText, client_id: z.uuid().optional() }),
    response: z.object({
      message_id: z.uuid(),
      session_id: z.uuid(),
      message: z.string(),
      created_at: z.date(),
    }),
    async run(ctx, { params, body }) {
      assertOwnTenant(ctx, params);
      const sent = await replyAsAgent(ctx, {
        conversationId: body.session_id,
        text: body.message,
        clientId: body.client_id ?? newId(),
      });
      return {
        message_id: sent.id,
        session_id: body.session_id,
        message: sent.text,
        created_at: sent.createdAt,
      };
    },
  }),
];
