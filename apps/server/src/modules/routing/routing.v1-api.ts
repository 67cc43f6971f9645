import { z } from "zod";
import type { Route } from "../../faces/http/route.ts";
import { v1Route } from "../../faces/v1/v1-route.ts";
import { channels } from "../conversations/index.ts";
import { agentStatuses } from "../presence/index.ts";
import { assignNextInput, type QueueItem, queueItemSchema, setStatusInput } from "./routing.schema.ts";
import { queueOf } from "./service/queue.ts";
import { setStatus } from "./service/status.ts";
import { takeNext } from "./service/take-next.ts";

/** Seed 004 calls the widget `web_chat`. */
const v1Channels = ["web_chat", ...channels.filter((channel) => channel !== "widget")] as const;
const v1Item = queueItemSchema.extend({ currentChannel: z.enum(v1Channels) });

function toV1({ currentChannel, ...item }: QueueItem): z.input<typeof v1Item> {
  return { ...item, currentChannel: currentChannel === "widget" ? "web_chat" : currentChannel };
}

/** Seed 004, "Routing". */
export const v1RoutingRoutes: Route[] = [
  v1Route({
    method: "GET",
    path: "/routing/queue",
    summary: "What an agent has in hand, the caller unless said, and how many more they take.",
    query: z.object({ agentId: z.uuid().optional() }),
    data: z.object({
      agentId: z.uuid(),
      status: z.enum(agentStatuses),
      currentCount: z.number().int(),
      maxConcurrent: z.number().int(),
      waitingCount: z.number().int(),
      conversations: z.array(v1Item),
    }),
    async run(ctx, { query }) {
      const queue = await queueOf(ctx, query);
      return { ...queue, conversations: queue.conversations.map(toV1) };
    },
  }),
  v1Route({
    method: "POST",
    path: "/routing/assign-next",
    summary:
      "Gives an agent the next conversation that waits: the most urgent, then the oldest, of their teams and skills. " +
      "`conversation` is null where none waits or they have as many as they take; `outcome` says which.",
    body: assignNextInput,
    data: z.object({
      agentId: z.uuid(),
      outcome: z.enum(["assigned", "none_waiting", "at_capacity"]),
      currentCount: z.number().int(),
      maxConcurrent: z.number().int(),
      conversation: v1Item.nullable(),
    }),
    async run(ctx, { body }) {
      const { conversation, ...next } = await takeNext(ctx, body);
      return { ...next, conversation: conversation && toV1(conversation) };
    },
  }),
  v1Route({
    method: "PATCH",
    path: "/routing/status",
    summary: "Says whether one takes conversations, and how many at once; `agentId` for a colleague.",
    body: setStatusInput,
    data: z.object({
      agentId: z.uuid(),
      status: z.enum(agentStatuses),
      currentCount: z.number().int(),
      maxConcurrent: z.number().int(),
      lastSeenAt: z.date().nullable(),
    }),
    async run(ctx, { body }) {
      const { agentId, status, currentCount, capacity, lastSeenAt } = await setStatus(ctx, body);
      return { agentId, status, currentCount, maxConcurrent: capacity, lastSeenAt };
    },
  }),
];
