import { and, eq } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { findConversation, tellCustomer } from "../../conversations/index.ts";
import { customers } from "../../customers/customers.tables.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { type CustomerTemplate, writeTemplate } from "../customer-templates.ts";
import { findResolution, type ResolutionRow, toldByMessage } from "../resolutions.queries.ts";
import type { CustomerUpdate, SendCustomerUpdate } from "../resolutions.schema.ts";
import { customerUpdates, resolutionUpdates } from "../resolutions.tables.ts";
import { authorOf } from "./author.ts";
import { addToHistory, tellOf } from "./change-resolution.ts";
import { toCustomerUpdate } from "./read-resolutions.ts";

/** Tells the customer how the work goes, by a template or in one's own words: once, however often it is tried. */
export async function sendCustomerUpdate(
  ctx: Ctx,
  { resolutionId, ...input }: { resolutionId: string } & SendCustomerUpdate,
): Promise<CustomerUpdate> {
  assertCan(ctx.actor, "work on resolutions");
  return inTx(ctx, async (ctx) => {
    const row = await findResolution(ctx, resolutionId, { lock: true });
    const { told } = await tellOfResolution(ctx, row, {
      template: input.templateId ?? "custom",
      content: input.customContent,
      channel: input.channel,
      clientId: input.clientId,
    });
    return told;
  });
}

/**
 * Adds a message to the conversation of a locked resolution, and both to its history. What was sent with the same
 * `clientId` before is given back, and nothing is sent.
 */
export async function tellOfResolution(
  ctx: TxCtx,
  row: ResolutionRow,
  input: {
    template: CustomerTemplate | "custom";
    /** In the template's place. */
    content?: string | undefined;
    channel?: SendCustomerUpdate["channel"];
    clientId?: string | undefined;
  },
): Promise<{ told: CustomerUpdate; line: typeof resolutionUpdates.$inferSelect }> {
  const content = input.content ?? (await fromTemplate(ctx, row, input.template));
  const { message, channel, repeated } = await tellCustomer(ctx, {
    conversationId: row.conversationId,
    text: content,
    clientId: `resolution:${row.id}:${input.clientId ?? newId()}`,
    channel: input.channel,
  });
  if (repeated) return alreadyTold(ctx, row, message.id);
  const line = await addToHistory(ctx, row, { type: "customer_update", visibility: "customer", content });
  await ctx.tx.insert(customerUpdates).values({
    tenantId: ctx.tenantId,
    id: line.id,
    resolutionId: row.id,
    template: input.template,
    content,
    channel,
    messageId: message.id,
    ...authorOf(ctx.actor),
    createdAt: ctx.now(),
  });
  await recordAudit(ctx, {
    action: "resolution.customer_told",
    subjectType: "resolution",
    subjectId: row.id,
    after: { template: input.template, channel, messageId: message.id },
  });
  await tellOf(ctx, row);
  return alreadyTold(ctx, row, message.id);
}

async function alreadyTold(ctx: TxCtx, row: ResolutionRow, messageId: string) {
  const found = await toldByMessage(ctx, row.id, messageId);
  const [line] = found
    ? await ctx.tx
        .select()
        .from(resolutionUpdates)
        .where(and(eq(resolutionUpdates.tenantId, ctx.tenantId), eq(resolutionUpdates.id, found.told.id)))
    : [];
  if (!found || !line) throw new AppError("INTERNAL", "The customer update was not written.");
  return { told: toCustomerUpdate(found), line };
}

/** The template's words in the language of the conversation, or else of its customer. */
async function fromTemplate(
  ctx: TxCtx,
  row: ResolutionRow,
  template: CustomerTemplate | "custom",
): Promise<string> {
  if (template === "custom") {
    throw new AppError("VALIDATION_ERROR", "Give a templateId, or the words in customContent.");
  }
  const { language, customerId } = await findConversation(ctx, row.conversationId);
  return writeTemplate(template, {
    language: language ?? (customerId ? await localeOf(ctx, customerId) : null),
    eta: row.eta,
  });
}

async function localeOf(ctx: TxCtx, customerId: string): Promise<string | null> {
  const [row] = await ctx.tx
    .select({ locale: customers.locale })
    .from(customers)
    .where(and(eq(customers.tenantId, ctx.tenantId), eq(customers.id, customerId)));
  return row?.locale ?? null;
}
