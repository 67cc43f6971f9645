import { z } from "zod";
import type { Route } from "../../faces/http/route.ts";
import { v1QueryList } from "../../faces/v1/query-list.ts";
import { v1Route } from "../../faces/v1/v1-route.ts";
import { newId } from "../../platform/ids/index.ts";
import {
  addNote,
  attachmentLimits,
  base64Content,
  deleteMessage,
  getMessage,
  keepFiles,
  messageMarkup,
  openAttachment,
  replyAsAgent,
  tellCustomer,
  windowOfMessages,
} from "../conversations/index.ts";
import { fromV1Channel, v1Channel, v1MessageSchema } from "./v1-conversations.schema.ts";
import { toV1Message } from "./v1-describe.ts";

const ofConversation = z.object({ conversationId: z.uuid() });
const byId = z.object({ id: z.uuid() });

const file = z.object({
  filename: z.string().trim().min(1).max(255),
  base64Content,
});

/** Seed 004, "Messages". */
export const v1MessageRoutes: Route[] = [
  v1Route({
    method: "GET",
    path: "/conversations/{conversationId}/messages",
    summary: "Messages, oldest first: those right after `after`, or else the last ones (before `before`).",
    params: ofConversation,
    query: z.object({
      limit: z.coerce.number().int().min(1).max(200).default(50),
      before: z.uuid().optional(),
      after: z.uuid().optional(),
      channel: v1QueryList(v1Channel).optional(),
      direction: v1QueryList(z.enum(["inbound", "outbound"])).optional(),
      includeNotes: z
        .enum(["true", "false"])
        .transform((text) => text === "true")
        .default(false),
    }),
    data: z.array(v1MessageSchema),
    async run(ctx, { params, query: { channel, includeNotes: notes, ...query } }) {
      const found = await windowOfMessages(ctx, {
        ...params,
        ...query,
        notes,
        channel: channel?.map(fromV1Channel),
      });
      return found.map(toV1Message);
    },
  }),
  v1Route({
    method: "POST",
    path: "/conversations/{conversationId}/messages",
    status: 201,
    summary:
      "Sends a message to the customer, or keeps a note (`internal`). With a clientId, sending twice makes one message. What a program tells takes no conversation over.",
    params: ofConversation,
    bodyLimit: 15 * 1024 * 1024,
    body: z.object({
      channel: v1Channel.optional(),
      content: messageMarkup,
      contentType: z.enum(["text", "markdown", "html"]).default("text"),
      attachments: z.array(file).max(attachmentLimits.files).optional(),
      internal: z.boolean().default(false),
      clientId: z.uuid().optional(),
    }),
    data: v1MessageSchema,
    async run(ctx, { params, body: { content, channel, attachments = [], internal, ...body } }) {
      const files = attachments.map(({ filename, base64Content: content }) => ({
        fileName: filename,
        bytes: Buffer.from(content, "base64"),
      }));
      const message = {
        ...params,
        text: content,
        contentType: body.contentType,
        clientId: body.clientId ?? newId(),
        attachmentIds: (await keepFiles(ctx, { ...params, files })).map(({ id }) => id),
      };
      const toCustomer = { ...message, channel: channel && fromV1Channel(channel) };
      const sent = internal
        ? await addNote(ctx, message)
        : ctx.actor.kind === "apiKey"
          ? (await tellCustomer(ctx, toCustomer)).message
          : await replyAsAgent(ctx, toCustomer);
      return toV1Message(sent);
    },
  }),
  v1Route({
    method: "GET",
    path: "/messages/{id}",
    summary: "A message.",
    params: byId,
    data: v1MessageSchema,
    run: async (ctx, { params }) => toV1Message(await getMessage(ctx, { messageId: params.id })),
  }),
  v1Route({
    method: "DELETE",
    path: "/messages/{id}",
    summary:
      "Hides a message's words and files from everyone at once; its place stays, and the audit says who did it.",
    params: byId,
    data: z.object({ id: z.uuid(), deleted: z.literal(true) }),
    async run(ctx, { params }) {
      const { id } = await deleteMessage(ctx, { messageId: params.id });
      return { id, deleted: true as const };
    },
  }),
  v1Route({
    method: "GET",
    path: "/attachments/{id}",
    summary: "A link that downloads a message's file, for five minutes.",
    params: byId,
    data: z.object({ url: z.string(), expiresAt: z.date() }),
    run: (ctx, { params }) => openAttachment(ctx, { attachmentId: params.id }),
  }),
];
