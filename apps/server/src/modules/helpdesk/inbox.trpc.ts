import { z } from "zod";
import { protectedProcedure, router, tenantProcedure } from "../../faces/trpc/index.ts";
import * as conversations from "../conversations/index.ts";
import { missedEvents } from "./missed-events.ts";

const byId = z.object({ id: z.uuid() });
const {
  attach,
  deleteMessage,
  markRead,
  mergeConversations,
  openAttachment,
  searchConversations,
  splitConversation,
  updateConversation,
} = conversations;

/** A message as colleagues see it, notes among them. */
const shownMessageSchema = z.object({
  id: z.uuid(),
  sequence: z.number(),
  author: z.enum(["customer", "bot", "agent", "system"]),
  authorId: z.uuid().nullable(),
  authorName: z.string().nullable(),
  text: z.string(),
  contentType: z.enum(["text", "markdown", "html"]),
  markup: z.string().nullable(),
  internal: z.boolean(),
  deletedAt: z.date().nullable(),
  state: z.enum(["streaming", "complete", "interrupted"]),
  createdAt: z.date(),
});

const eventSchema = z.object({
  sequence: z.number(),
  type: z.enum(["message", "message_changed", "status", "assignment", "properties"]),
  message: shownMessageSchema.nullable(),
  data: z.record(z.string(), z.unknown()).nullable(),
  createdAt: z.date(),
});

/** What lists of the inbox show beside what `conversations.list` does. */
const foundSchema = z.object({
  id: z.uuid(),
  status: z.enum(conversations.conversationStatuses),
  channel: z.enum(conversations.channels),
  severity: z.enum(conversations.severities).nullable(),
  tags: z.array(z.string()),
  subject: z.string().nullable(),
  lastMessageText: z.string().nullable(),
  lastMessageAt: z.date().nullable(),
  assigneeId: z.uuid().nullable(),
  teamId: z.uuid().nullable(),
  slaDueAt: z.date().nullable(),
  slaBreached: z.boolean(),
  version: z.number(),
  createdAt: z.date(),
  customer: z.object({ id: z.uuid(), name: z.string().nullable(), email: z.string().nullable() }).nullable(),
});

/** A moment as JSON has it. */
const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

const moved = z.object({ conversationId: z.uuid(), moved: z.number() });

/** What agents do in the inbox beside talking: joined to the router `conversations`. */
export const inboxProcedures = router({
  search: tenantProcedure
    .input(
      z.object({
        filter: conversations.conversationFilter.default({}),
        ...conversations.conversationOrder.shape,
        page: z.number().int().min(1).max(100_000).default(1),
        pageSize: z.number().int().min(1).max(100).default(20),
      }),
    )
    .output(
      z.object({
        items: z.array(foundSchema),
        /** All that there are, or the least, where not all of many are counted. */
        total: z.number(),
        isTotalExact: z.boolean(),
      }),
    )
    .query(async ({ ctx, input }) => {
      const { items, ...total } = await searchConversations(ctx, input);
      return { items: items.map(({ conversation, customer }) => ({ ...conversation, customer })), ...total };
    }),
  update: protectedProcedure
    .input(
      byId.extend({
        version: z.number().int().min(1).optional(),
        status: z.enum(conversations.conversationStatuses).optional(),
        subject: z.string().trim().min(1).max(200).optional(),
        severity: z.enum(conversations.severities).nullable().optional(),
        tags: z.array(conversations.tag).max(50).optional(),
        snoozedUntil: moment.nullable().optional(),
      }),
    )
    .output(conversations.conversationDetailSchema)
    .mutation(async ({ ctx, input: { id, ...change } }) => {
      await updateConversation(ctx, { conversationId: id, ...change });
      return conversations.getConversation(ctx, { conversationId: id });
    }),
  deleteMessage: protectedProcedure
    .input(z.object({ messageId: z.uuid() }))
    .output(shownMessageSchema)
    .mutation(({ ctx, input }) => deleteMessage(ctx, input)),
  merge: protectedProcedure
    .input(byId.extend({ intoId: z.uuid() }))
    .output(moved)
    .mutation(({ ctx, input: { id, intoId } }) => mergeConversations(ctx, { conversationId: id, intoId })),
  split: protectedProcedure
    .input(byId.extend({ fromMessageId: z.uuid(), subject: z.string().trim().min(1).max(200).optional() }))
    .output(moved)
    .mutation(({ ctx, input: { id, ...from } }) => splitConversation(ctx, { conversationId: id, ...from })),
  attach: protectedProcedure
    .input(
      byId.extend({
        fileName: z.string().trim().min(1).max(255),
        contentType: z.string().min(1).max(200),
        size: z.number().int().min(1).max(conversations.attachmentLimits.bytes),
      }),
    )
    .output(
      z.object({
        attachmentId: z.uuid(),
        uploadUrl: z.string(),
        headers: z.record(z.string(), z.string()),
      }),
    )
    .mutation(({ ctx, input: { id, ...file } }) => attach(ctx, { conversationId: id, ...file })),
  openAttachment: protectedProcedure
    .input(z.object({ attachmentId: z.uuid() }))
    .output(z.object({ url: z.string(), expiresAt: z.date() }))
    .query(({ ctx, input }) => openAttachment(ctx, input)),
  markRead: protectedProcedure
    .input(byId.extend({ sequence: z.number().int().min(0).optional() }))
    .output(z.object({ sequence: z.number(), unread: z.number() }))
    .mutation(({ ctx, input: { id, sequence } }) => markRead(ctx, { conversationId: id, sequence })),
  /** Colleagues, and the customer unless it is a note, hear that the caller writes, or no longer. */
  typing: protectedProcedure
    .input(byId.extend({ isTyping: z.boolean(), internal: z.boolean().default(false) }))
    .output(z.object({ success: z.literal(true) }))
    .mutation(async ({ ctx, input: { id, ...said } }) => {
      await conversations.tellTyping(ctx, { conversationId: id, ...said });
      return { success: true as const };
    }),
  /** Who else looks, writes or reads there, live; colleagues hear meanwhile that the caller looks. */
  beside: protectedProcedure.input(byId).subscription(async function* ({ ctx, input, signal }) {
    yield* conversations.followBeside(ctx, {
      conversationId: input.id,
      signal: signal ?? new AbortController().signal,
    });
  }),
  /** What happened after event `after`: each message once, in order. */
  events: tenantProcedure
    .input(
      byId.extend({
        after: z.number().int().min(0).default(0),
        limit: z.number().int().min(1).max(500).default(200),
      }),
    )
    .output(z.object({ events: z.array(eventSchema), nextAfter: z.number(), hasMore: z.boolean() }))
    .query(({ ctx, input: { id, ...from } }) => missedEvents(ctx, { conversationId: id, ...from })),
});
