import { z } from "zod";
import { type Route, route } from "../../faces/http/route.ts";
import { AppError } from "../../platform/errors/index.ts";
import { attachmentLimits, base64Content, keepFiles, openAttachment } from "../conversations/index.ts";

/** Room for the most bytes that a file has, four characters for three of them, and what stands around them. */
const bodyLimit = Math.ceil(attachmentLimits.bytes / 3) * 4 + 4_096;

/** A visitor's files. They go through us rather than to the store, which no page of the tenant's site may speak to. */
export const chatAttachmentRoutes: Route[] = [
  route({
    method: "POST",
    path: "/api/chat/{sessionId}/attachments",
    status: 201,
    summary:
      "Keeps a visitor's file for a message to come, which names it in `attachmentIds`: a picture, PDF, text or office document of up to 10 MB, told by its bytes. One that no message takes is thrown away after a day.",
    auth: "visitor",
    limit: "visitorFile",
    bodyLimit,
    params: z.object({ sessionId: z.uuid() }),
    body: z.object({
      fileName: z.string().trim().min(1).max(255),
      base64Content,
    }),
    response: z.object({ id: z.uuid(), fileName: z.string(), contentType: z.string(), size: z.number() }),
    async run(ctx, { params, body }) {
      const bytes = Buffer.from(body.base64Content, "base64");
      const [kept] = await keepFiles(ctx, {
        conversationId: params.sessionId,
        files: [{ fileName: body.fileName, bytes }],
      });
      if (!kept) throw new AppError("INTERNAL", "The file was not kept.");
      return kept;
    },
  }),
  route({
    method: "GET",
    path: "/api/chat/{sessionId}/attachments/{attachmentId}",
    summary: "A link that downloads a file of the visitor's conversation, for five minutes.",
    auth: "visitor",
    limit: "visitorActivity",
    params: z.object({ sessionId: z.uuid(), attachmentId: z.uuid() }),
    response: z.object({ url: z.string(), expiresAt: z.date() }),
    run: (ctx, { params }) =>
      openAttachment(ctx, { conversationId: params.sessionId, attachmentId: params.attachmentId }),
  }),
];
