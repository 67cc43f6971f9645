import { eq } from "drizzle-orm";
import type { TestServer } from "../../../../../../tests/harness/server.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { findConversation, openConversation, postMessage } from "../../conversations/index.ts";
import { addCustomer } from "../../customers/index.ts";
import { auditLog } from "../../identity/identity.tables.ts";

/** The customer of a conversation writes in it, as the visitor of a widget. */
export async function write(system: Ctx, conversationId: string): Promise<void> {
  const { customerId, botId } = await inTx(system, (ctx) => findConversation(ctx, conversationId));
  if (customerId === null || botId === null) throw new Error("It is with no customer of a bot.");
  const visitor: Ctx = { ...system, actor: { kind: "visitor", customerId, widgetId: newId(), botId } };
  await postMessage(visitor, { conversationId, text: "My parcel is late", clientId: newId() });
}

/** A conversation of a customer who wrote something. */
export async function written(
  system: Ctx,
  { botId, email, locale = "en" }: { botId: string; email?: string; locale?: string },
): Promise<string> {
  const { id } = await inTx(system, async (ctx) => {
    const identities = { emails: email ? [email] : [] };
    const customer = await addCustomer(ctx, { name: "Nour", locale, identities });
    return openConversation(ctx, { botId, channel: "widget", customerId: customer.id });
  });
  await write(system, id);
  return id;
}

/** What the audit log says of something. */
export function logged({ services }: TestServer, subjectId: string) {
  return services.db
    .system()
    .select({ action: auditLog.action, after: auditLog.after })
    .from(auditLog)
    .where(eq(auditLog.subjectId, subjectId))
    .orderBy(auditLog.createdAt, auditLog.id);
}
