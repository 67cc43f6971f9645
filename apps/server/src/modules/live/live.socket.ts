import { z } from "zod";
import { type ClientEvent, clientEvent, nothing } from "../../faces/socket/socket-event.ts";
import { eventsAfter, markRead, tellTyping } from "../conversations/index.ts";
import { agentStatuses, capacity } from "../presence/index.ts";
import { setStatus } from "../routing/index.ts";
import { told } from "./live.events.schema.ts";
import { numberedDeliveries } from "./service/numbered-deliveries.ts";

/** Numbers that one `conversation:since` answers. */
const pageSize = 200;
const sequence = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** What sockets may send. Seed 004, "Events (Client → Server)", and `conversation:since`, which is ours. */
export const clientEvents: readonly ClientEvent[] = [
  clientEvent({
    name: "conversation:typing",
    summary:
      "Tells colleagues, and the customer unless it is a note, that the caller begins or stops to write.",
    input: z.object({
      conversationId: z.uuid(),
      isTyping: z.boolean(),
      internal: z.boolean().default(false),
    }),
    answer: nothing,
    async run(ctx, input) {
      await tellTyping(ctx, input);
      return {};
    },
  }),
  clientEvent({
    name: "conversation:read",
    summary: "Marks a conversation as read, up to a number or all of it. A mark never goes back.",
    input: z.object({ conversationId: z.uuid(), sequence: sequence.optional() }),
    answer: z.object({ sequence, unread: z.number().int() }),
    run: (ctx, input) => markRead(ctx, input),
  }),
  clientEvent({
    name: "agent:status",
    summary: "Says whether the caller takes conversations, and how many at once.",
    input: z
      .object({ status: z.enum(agentStatuses).optional(), maxConcurrent: capacity.nullable().optional() })
      .refine(({ status, maxConcurrent }) => status !== undefined || maxConcurrent !== undefined, {
        message: "Say status, maxConcurrent, or both.",
      }),
    answer: z.object({ status: z.enum(agentStatuses) }),
    run: (ctx, input) => setStatus(ctx, input),
  }),
  clientEvent({
    name: "conversation:since",
    summary: "What a client missed: the events after a number, in order, as they would have come.",
    input: z.object({ conversationId: z.uuid(), after: sequence }),
    answer: z.object({
      /** After which number they come; 0 where the client had one that was never given, and must begin anew. */
      after: sequence,
      events: z.array(told),
      /** Up to which number they go; ask again after it while it is below `lastSequence`. */
      upTo: sequence,
      lastSequence: sequence,
    }),
    async run(ctx, input) {
      const { events, ...numbers } = await eventsAfter(ctx, { ...input, limit: pageSize });
      return {
        ...numbers,
        events: events.flatMap((event) =>
          numberedDeliveries(event).map(({ name, data }) => ({ event: name, data: Object(data) })),
        ),
      };
    },
  }),
];
