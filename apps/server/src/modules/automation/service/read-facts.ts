import { and, eq } from "drizzle-orm";
import type { TxCtx } from "../../../ports/index.ts";
import { type ConversationRow, messageById } from "../../conversations/index.ts";
import { customers } from "../../customers/customers.tables.ts";
import type { Happening } from "../automation.jobs.ts";
import type { Facts } from "../automation.types.ts";

type CustomerRow = typeof customers.$inferSelect;
type MessageRow = NonNullable<Awaited<ReturnType<typeof messageById>>>;

/** What is known of a happening now: the conversation as it is, and what the event says. */
export async function readFacts(
  ctx: TxCtx,
  conversation: ConversationRow,
  { messageId, facts }: Pick<Happening, "messageId" | "facts">,
): Promise<Facts> {
  const message = messageId ? await messageById(ctx, messageId) : null;
  const customer = conversation.customerId ? await customerById(ctx, conversation.customerId) : null;
  return factsOf({ conversation, customer, message, facts, now: ctx.now() });
}

async function customerById(ctx: TxCtx, id: string): Promise<CustomerRow | null> {
  const [row] = await ctx.tx
    .select()
    .from(customers)
    .where(and(eq(customers.tenantId, ctx.tenantId), eq(customers.id, id)));
  return row ?? null;
}

/** The fields of `rules/triggers.ts`. What the event says comes before what the conversation says. */
export function factsOf({
  conversation: row,
  customer,
  message,
  facts,
  now,
}: {
  conversation: ConversationRow;
  customer: CustomerRow | null;
  message: MessageRow | null;
  facts: Facts;
  now: Date;
}): Facts {
  return {
    status: row.status,
    severity: row.severity,
    sentiment: row.sentiment,
    intent: row.intent,
    channel: row.channelsUsed.at(-1) ?? row.channel,
    subject: row.subject,
    summary: row.summary,
    language: row.language,
    tags: row.tags,
    requiredSkills: row.requiredSkills,
    assigneeId: row.assigneeId,
    teamId: row.teamId,
    botId: row.botId,
    messageCount: row.messageCount,
    slaBreached: row.slaBreached,
    snoozed: row.snoozedUntil !== null && row.snoozedUntil > now,
    ...(customer
      ? {
          "customer.name": customer.name,
          "customer.email": customer.email,
          "customer.phone": customer.phone,
          "customer.company": customer.company,
          "customer.locale": customer.locale,
          "customer.status": customer.status,
          "customer.slaTier": customer.slaTier,
          "customer.tags": customer.tags,
          "customer.segments": customer.segments,
          "customer.riskFlags": customer.riskFlags,
        }
      : {}),
    ...(message
      ? {
          "message.text": message.deletedAt ? null : message.text,
          "message.author": message.author,
          "message.internal": message.internal,
          "message.channel": message.channel ?? row.channel,
        }
      : {}),
    ...facts,
  };
}
