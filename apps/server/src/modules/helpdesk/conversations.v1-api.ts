import { z } from "zod";
import type { Route } from "../../faces/http/route.ts";
import { v1PageQuery } from "../../faces/v1/envelope.ts";
import { v1QueryList } from "../../faces/v1/query-list.ts";
import { v1ListRoute, v1Route } from "../../faces/v1/v1-route.ts";
import {
  conversationOrder,
  conversationStatuses,
  createConversation,
  mergeConversations,
  messageText,
  reopenConversation,
  severities,
  splitConversation,
  tag,
  updateConversation,
  windowOfMessages,
} from "../conversations/index.ts";
import { assignTo, transfer } from "../routing/index.ts";
import { closeConversation } from "./close-conversation.ts";
import { escalateConversation } from "./escalate-conversation.ts";
import { missedEvents } from "./missed-events.ts";
import {
  fromV1Channel,
  v1Channel,
  v1ConversationDetailSchema,
  v1ConversationSchema,
  v1EventSchema,
} from "./v1-conversations.schema.ts";
import { describeOneV1, searchV1, toV1Event, toV1Message } from "./v1-describe.ts";
import { v1ResolutionIdOf } from "./v1-resolution-id.ts";

const params = z.object({ id: z.uuid() });
const flag = z.enum(["true", "false"]).transform((text) => text === "true");
const reason = z.string().trim().min(1).max(500);

const listQuery = v1PageQuery.extend({
  state: v1QueryList(z.enum(conversationStatuses)).optional(),
  assignedAgentId: v1QueryList(z.uuid()).optional(),
  assignedTeamId: v1QueryList(z.uuid()).optional(),
  severity: v1QueryList(z.enum(severities)).optional(),
  channel: v1QueryList(v1Channel).optional(),
  slaBreach: flag.optional(),
  customerId: z.uuid().optional(),
  tags: v1QueryList(tag).optional(),
  search: z.string().trim().min(1).max(200).optional(),
  sortBy: conversationOrder.shape.sortBy.default("created_at"),
  sortOrder: conversationOrder.shape.sortOrder,
});

const assignment = z
  .object({ agentId: z.uuid().optional(), teamId: z.uuid().optional(), reason: reason.optional() })
  .refine(({ agentId, teamId }) => agentId !== undefined || teamId !== undefined, {
    error: "Name an agentId, a teamId or both.",
  });

/** Seed 004, "Conversations". */
export const v1ConversationRoutes: Route[] = [
  v1ListRoute({
    path: "/conversations",
    summary:
      "Conversations by filter. Not all of many are counted: `isTotalExact` is false then, and `totalItems` the least that there are. One without the time that it is sorted by is left out: without a message, or with nothing due.",
    query: listQuery,
    data: v1ConversationSchema,
    async run(ctx, { query }) {
      const { state, assignedAgentId, assignedTeamId, channel, slaBreach, ...rest } = query;
      const { page, pageSize, sortBy, sortOrder, ...filter } = rest;
      return searchV1(ctx, {
        page,
        pageSize,
        sortBy,
        sortOrder,
        filter: {
          ...filter,
          status: state,
          assigneeId: assignedAgentId,
          teamId: assignedTeamId,
          channel: channel?.map(fromV1Channel),
          slaBreached: slaBreach,
        },
      });
    },
  }),
  v1Route({
    method: "GET",
    path: "/conversations/{id}",
    summary:
      "A conversation with its last messages, oldest first; notes are given to whoever answers customers.",
    params,
    query: z.object({
      includeMessages: flag.default(true),
      messageLimit: z.coerce.number().int().min(1).max(200).default(50),
      includeNotes: flag.default(false),
      includeTimeline: flag.default(false),
    }),
    data: v1ConversationDetailSchema,
    async run(ctx, { params: { id }, query }) {
      const { includeMessages, messageLimit: limit, includeNotes: notes, includeTimeline } = query;
      return {
        ...(await describeOneV1(ctx, id)),
        resolutionId: await v1ResolutionIdOf(ctx, id),
        ...(includeMessages
          ? { messages: (await windowOfMessages(ctx, { conversationId: id, limit, notes })).map(toV1Message) }
          : {}),
        ...(includeTimeline
          ? {
              timeline: (await missedEvents(ctx, { conversationId: id, after: 0, limit: 1_000 })).events.map(
                toV1Event,
              ),
            }
          : {}),
      };
    },
  }),
  v1Route({
    method: "GET",
    path: "/conversations/{id}/events",
    summary: "What happened after event `after`, in order: what a client that was away missed.",
    params,
    query: z.object({
      after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
      limit: z.coerce.number().int().min(1).max(500).default(200),
    }),
    data: z.object({ events: z.array(v1EventSchema), nextAfter: z.number().int(), hasMore: z.boolean() }),
    async run(ctx, { params: { id }, query }) {
      const { events, ...rest } = await missedEvents(ctx, { conversationId: id, ...query });
      return { ...rest, events: events.map(toV1Event) };
    },
  }),
  v1Route({
    method: "POST",
    path: "/conversations",
    status: 201,
    summary: "Opens a conversation of a customer's; what they said first waits for a person.",
    body: z.object({
      customerId: z.uuid(),
      channel: v1Channel,
      subject: z.string().trim().min(1).max(200).optional(),
      initialMessage: z
        .object({ content: messageText, contentType: z.enum(["text", "markdown"]).default("text") })
        .optional(),
    }),
    data: v1ConversationSchema,
    async run(ctx, { body: { initialMessage, channel, ...body } }) {
      const { id } = await createConversation(ctx, {
        ...body,
        channel: fromV1Channel(channel),
        message: initialMessage && { text: initialMessage.content, contentType: initialMessage.contentType },
      });
      return describeOneV1(ctx, id);
    },
  }),
  v1Route({
    method: "PATCH",
    path: "/conversations/{id}",
    summary: "Changes all that is sent, or nothing; with the version that was seen, never over a newer one.",
    params,
    body: z.object({
      state: z.enum(conversationStatuses).optional(),
      tags: z.array(tag).max(50).optional(),
      severity: z.enum(severities).nullable().optional(),
      subject: z.string().trim().min(1).max(200).optional(),
      snoozedUntil: z.coerce.date().nullable().optional(),
      version: z.number().int().min(1).optional(),
    }),
    data: v1ConversationSchema,
    async run(ctx, { params: { id }, body: { state, ...body } }) {
      await updateConversation(ctx, { conversationId: id, status: state, ...body });
      return describeOneV1(ctx, id);
    },
  }),
  v1Route({
    method: "POST",
    path: "/conversations/{id}/assign",
    summary: "Gives a conversation to an agent, or into a team's queue.",
    params,
    body: assignment,
    data: v1ConversationSchema,
    async run(ctx, { params: { id }, body: { reason = "manual_assignment", ...to } }) {
      await assignTo(ctx, { conversationId: id, ...to, reason });
      return describeOneV1(ctx, id);
    },
  }),
  v1Route({
    method: "POST",
    path: "/conversations/{id}/transfer",
    summary: "Hands a conversation from its owner (fromAgentId, or the caller) to another agent or a team.",
    params,
    body: assignment.safeExtend({ fromAgentId: z.uuid().optional() }),
    data: v1ConversationSchema,
    async run(ctx, { params: { id }, body: { reason = "transfer", ...to } }) {
      await transfer(ctx, { conversationId: id, ...to, reason });
      return describeOneV1(ctx, id);
    },
  }),
  v1Route({
    method: "POST",
    path: "/conversations/{id}/escalate",
    summary:
      "Puts a conversation into the queue for a person, and opens the work behind it where that is asked.",
    params,
    body: z
      .object({
        reason,
        createResolution: z.boolean().default(false),
        issueType: z.string().trim().min(1).max(60).optional(),
        /** Whose work it becomes; as the issue's type unless said. */
        owningTeam: z.string().trim().min(1).max(60).optional(),
        priority: z.enum(severities).optional(),
      })
      .refine(({ createResolution, issueType }) => !createResolution || issueType !== undefined, {
        path: ["issueType"],
        error: "A resolution needs an issueType.",
      }),
    data: v1ConversationSchema.extend({ resolutionId: z.uuid().nullable() }),
    async run(ctx, { params: { id }, body }) {
      const resolutionId = await escalateConversation(ctx, { conversationId: id, ...body });
      return { ...(await describeOneV1(ctx, id)), resolutionId };
    },
  }),
  v1Route({
    method: "POST",
    path: "/conversations/{id}/resolve",
    summary:
      "Resolves a conversation. Notes stay with the colleagues; the closure message is a canned reply by its id, or ours in the customer's language.",
    params,
    body: z.object({
      resolutionNotes: messageText.optional(),
      sendClosureMessage: z.boolean().default(false),
      closureMessageTemplate: z.uuid().optional(),
    }),
    data: v1ConversationSchema,
    async run(ctx, { params: { id }, body }) {
      await closeConversation(ctx, { conversationId: id, ...body });
      return describeOneV1(ctx, id);
    },
  }),
  v1Route({
    method: "POST",
    path: "/conversations/{id}/reopen",
    summary: "Opens a resolved or closed conversation again, for the caller.",
    params,
    data: v1ConversationSchema,
    async run(ctx, { params: { id } }) {
      await reopenConversation(ctx, { conversationId: id });
      return describeOneV1(ctx, id);
    },
  }),
  v1Route({
    method: "POST",
    path: "/conversations/{id}/merge",
    summary: "Puts all messages behind those of another conversation of the same customer.",
    params,
    body: z.object({ intoConversationId: z.uuid() }),
    data: v1ConversationSchema,
    async run(ctx, { params: { id }, body }) {
      await mergeConversations(ctx, { conversationId: id, intoId: body.intoConversationId });
      return describeOneV1(ctx, body.intoConversationId);
    },
  }),
  v1Route({
    method: "POST",
    path: "/conversations/{id}/split",
    status: 201,
    summary: "Makes a conversation of its own of a message and all that follow it.",
    params,
    body: z.object({ fromMessageId: z.uuid(), subject: z.string().trim().min(1).max(200).optional() }),
    data: v1ConversationSchema,
    async run(ctx, { params: { id }, body }) {
      const { conversationId } = await splitConversation(ctx, { conversationId: id, ...body });
      return describeOneV1(ctx, conversationId);
    },
  }),
];
