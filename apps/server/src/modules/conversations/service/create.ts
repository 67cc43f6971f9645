import { and, eq } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError, notFound } from "../../../platform/errors/index.ts";
import { emit } from "../../../platform/events/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { customers } from "../../customers/customers.tables.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { conversationOpened, rulesBehind } from "../conversations.events.ts";
import type { ConversationRow } from "../conversations.queries.ts";
import { conversations } from "../conversations.tables.ts";
import { appendMessage } from "./append.ts";
import { moveConversation } from "./change.ts";
import { returnRequest } from "./escalations.ts";

/**
 * Opens a conversation of a customer's without a bot, as an agent or a channel does that has it from elsewhere. What
 * the customer said waits for a person at once.
 */
export async function createConversation(
  ctx: Ctx,
  input: {
    customerId: string;
    channel: ConversationRow["channel"];
    subject?: string | undefined;
    /** The customer's own first words. */
    message?: { text: string; contentType: "text" | "markdown" } | undefined;
  },
): Promise<ConversationRow> {
  assertCan(ctx.actor, "answer conversations");
  return inTx(ctx, async (ctx) => {
    const [customer] = await ctx.tx
      .select({ id: customers.id })
      .from(customers)
      .where(and(eq(customers.tenantId, ctx.tenantId), eq(customers.id, input.customerId)));
    if (!customer) throw notFound("The customer");
    const at = ctx.now();
    const [made] = await ctx.tx
      .insert(conversations)
      .values({
        tenantId: ctx.tenantId,
        id: newId(),
        customerId: customer.id,
        channel: input.channel,
        status: "new",
        subject: input.subject ?? null,
        createdAt: at,
        updatedAt: at,
      })
      .returning();
    if (!made) throw new AppError("INTERNAL", "The conversation was not written.");
    let row = made;
    await emit(ctx, conversationOpened, {
      conversationId: row.id,
      at: at.toISOString(),
      rules: rulesBehind(ctx.actor),
    });
    if (input.message) {
      const { text, contentType } = input.message;
      ({ conversation: row } = await appendMessage(ctx, row, { author: "customer", text, contentType }));
      await returnRequest(ctx, row.id, { reason: "Opened for the customer." });
      row = await moveConversation(ctx, row, "escalated");
    }
    await recordAudit(ctx, {
      action: "conversation.created",
      subjectType: "conversation",
      subjectId: row.id,
      after: { customerId: customer.id, channel: input.channel, status: row.status },
    });
    return row;
  });
}
