import { and, asc, eq, inArray } from "drizzle-orm";
import { z } from "zod";
import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { textsTo } from "../../communication/index.ts";
import { conversations, messages } from "../../conversations/conversations.tables.ts";
import { type Customer, customerSchema, describeCustomers, findCustomer } from "../../customers/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { conversationSurveySchema, surveysOfConversations } from "../../surveys/index.ts";
import { channelName } from "../conversations-of.queries.ts";
import { personalData } from "../personal-data.ts";

export const exportSchema = z.object({
  exportedAt: z.date(),
  customer: customerSchema,
  conversations: z.array(
    z.object({
      id: z.uuid(),
      channel: z.string(),
      status: z.string(),
      subject: z.string().nullable(),
      createdAt: z.date(),
      messages: z.array(
        z.object({
          author: z.string(),
          authorName: z.string().nullable(),
          text: z.string(),
          createdAt: z.date(),
        }),
      ),
      surveys: z.array(conversationSurveySchema.omit({ invitationId: true, surveyId: true })),
    }),
  ),
  /** What else is kept of them, by what it is called: files, what they were told of a resolution. */
  other: z.record(z.string(), z.array(z.unknown())),
});
export type CustomerExport = z.output<typeof exportSchema>;

/**
 * All that is kept of a person, to hand it to them: who they are, what was said, what they answered to surveys, and what
 * else a module declares to keep. Colleagues' notes are not theirs.
 */
export async function exportCustomer(
  ctx: Ctx,
  { customerId }: { customerId: string },
): Promise<CustomerExport> {
  assertCan(ctx.actor, "erase customers");
  assertCan(ctx.actor, "read conversations");
  return inTx(ctx, async (ctx) => {
    const [customer] = await describeCustomers(ctx, [await findCustomer(ctx, customerId)]);
    const theirs = await ctx.tx
      .select()
      .from(conversations)
      .where(and(eq(conversations.tenantId, ctx.tenantId), eq(conversations.customerId, customerId)))
      .orderBy(asc(conversations.createdAt), asc(conversations.id));
    const ids = theirs.map(({ id }) => id);
    const said =
      ids.length === 0
        ? []
        : await ctx.tx
            .select()
            .from(messages)
            .where(
              and(
                eq(messages.tenantId, ctx.tenantId),
                inArray(messages.conversationId, ids),
                eq(messages.internal, false),
              ),
            )
            .orderBy(asc(messages.conversationId), asc(messages.sequence));
    const surveys = await surveysOfConversations(ctx, ids);
    const other: Record<string, unknown[]> = {};
    for (const kept of personalData) Object.assign(other, await kept.read?.(ctx, ids));
    const texts = await textsTo(ctx, reachedBy(customer));
    if (texts.length > 0) other.textMessages = texts;
    const byConversation = Map.groupBy(said, ({ conversationId }) => conversationId);
    await recordAudit(ctx, {
      action: "customer.exported",
      subjectType: "customer",
      subjectId: customerId,
      after: { conversations: theirs.length, messages: said.length },
    });
    return exportSchema.parse({
      exportedAt: ctx.now(),
      customer,
      other,
      conversations: theirs.map(({ id, channel, status, subject, createdAt }) => ({
        id,
        channel: channelName(channel),
        status,
        subject,
        createdAt,
        messages: byConversation.get(id) ?? [],
        surveys: surveys.get(id) ?? [],
      })),
    });
  });
}

/** The addresses and numbers by which a customer is reached. */
function reachedBy(customer: Customer | undefined): string[] {
  const reached = (customer?.identities ?? []).filter(({ kind }) => kind === "email" || kind === "phone");
  return reached.map(({ value }) => value);
}
