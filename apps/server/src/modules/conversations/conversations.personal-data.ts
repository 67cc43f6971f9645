import { and, asc, eq, inArray, isNotNull } from "drizzle-orm";
import type { PersonalData } from "../customers/index.ts";
import { messageAttachments } from "./conversations.tables.ts";
import { forsakeAttachments } from "./service/attachments.ts";

/** Besides what `erasePerson` takes out of each conversation under its lock. */
export const conversationsPersonalData: PersonalData = {
  tables: {
    conversations: "belong to nobody any more; subject, last words and summary are replaced",
    messages: "what the person wrote is replaced; what others wrote loses what names them",
    conversation_events: "numbers and names of fields, no words",
    escalations: "the reason is replaced",
    message_attachments: "removed, with their bytes in the blob store",
  },
  erase: (ctx, { conversationIds, erased }) => forsakeAttachments(ctx, conversationIds, erased),
  async read(ctx, conversationIds) {
    if (conversationIds.length === 0) return { attachments: [] };
    const { fileName, contentType, size, createdAt, conversationId, tenantId, messageId } =
      messageAttachments;
    const files = await ctx.tx
      .select({ conversationId, fileName, contentType, size, createdAt })
      .from(messageAttachments)
      .where(and(eq(tenantId, ctx.tenantId), inArray(conversationId, conversationIds), isNotNull(messageId)))
      .orderBy(asc(createdAt));
    return { attachments: files };
  },
};
