import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { can } from "../../identity/index.ts";
import * as queries from "../conversations.queries.ts";
import type { Message } from "../conversations.schema.ts";

export interface MissedEvent {
  sequence: number;
  /** `message`: one that is new; `message_changed`: one that the reader has, as it is now. */
  type: "message" | "message_changed" | "status" | "assignment" | "properties";
  message: Message | null;
  data: Record<string, unknown> | null;
  createdAt: Date;
}

/**
 * What happened after event `after`, in order: each message once where it was said or moved to, each later change of
 * one that the reader already has. What a message became within the same page is in it. Owners and properties are for
 * whoever reads conversations, as notes are. `nextAfter` is where to ask on.
 */
export async function eventsAfter(
  ctx: Ctx,
  input: { conversationId: string; after: number; limit: number },
): Promise<{ events: MissedEvent[]; nextAfter: number; hasMore: boolean }> {
  return inTx(ctx, async (ctx) => {
    const { id } = await queries.findConversation(ctx, input.conversationId);
    const rows = await queries.eventsAfter(ctx, id, input.after, input.limit + 1);
    const page = rows.slice(0, input.limit);
    const found = await queries.findMessages(
      ctx,
      id,
      page.flatMap(({ messageId }) => messageId ?? []),
    );
    const byId = new Map(found.map((row) => [row.id, row]));
    const given = new Set<string>();
    const isColleague = ctx.actor.kind !== "visitor" && can(ctx.actor, "read conversations");
    const events = page.flatMap(({ sequence, type, messageId, data, createdAt }): MissedEvent[] => {
      if (type !== "message") {
        return type === "status" || isColleague ? [{ sequence, type, message: null, data, createdAt }] : [];
      }
      const row = messageId ? byId.get(messageId) : undefined;
      if (!row || given.has(row.id)) return []; // a note, or moved elsewhere, or given above as it is now
      given.add(row.id);
      const isNew = row.sequence === sequence;
      const message = queries.toMessage(ctx, row);
      return [{ sequence, type: isNew ? "message" : "message_changed", message, data: null, createdAt }];
    });
    return { events, nextAfter: page.at(-1)?.sequence ?? input.after, hasMore: rows.length > input.limit };
  });
}
