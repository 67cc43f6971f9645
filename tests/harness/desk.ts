import { contextFor } from "../../apps/server/src/faces/principal.ts";
import {
  openConversation,
  postMessage,
  requestHuman,
} from "../../apps/server/src/modules/conversations/index.ts";
import { createCustomer } from "../../apps/server/src/modules/customers/index.ts";
import { rightsOfRole } from "../../apps/server/src/modules/identity/index.ts";
import { inTx } from "../../apps/server/src/platform/ctx/index.ts";
import { newId } from "../../apps/server/src/platform/ids/index.ts";
import type { Ctx } from "../../apps/server/src/ports/index.ts";
import type { TestServer, TestUser } from "./server.ts";

/** A member's own context, as a face makes it, for verbs that are called many times. */
export function agentContext(server: TestServer, person: TestUser, role = "agent"): Ctx {
  const { userId, tenantId } = person;
  const rights = rightsOfRole(role);
  return contextFor(
    server.services,
    { kind: "user", userId, name: `Agent ${userId.slice(-4)}`, role, rights },
    tenantId,
    null,
  );
}

export function systemContext(server: TestServer, tenantId: string): Ctx {
  return contextFor(server.services, { kind: "system", name: "test" }, tenantId, null);
}

/** A visitor in a new conversation with a bot. */
export async function newVisitor(
  server: TestServer,
  { tenantId, botId }: { tenantId: string; botId: string },
): Promise<{ conversationId: string; visitor: Ctx }> {
  const { customer, conversation } = await inTx(systemContext(server, tenantId), async (ctx) => {
    const customer = await createCustomer(ctx, { locale: null });
    const opening = { botId, channel: "widget", customerId: customer.id } as const;
    return { customer, conversation: await openConversation(ctx, opening) };
  });
  const visitor = contextFor(
    server.services,
    { kind: "visitor", customerId: customer.id, widgetId: newId(), botId },
    tenantId,
    null,
  );
  return { conversationId: conversation.id, visitor };
}

/** A visitor who asked something, and then for a person. */
export async function waitingVisitor(server: TestServer, of: { tenantId: string; botId: string }) {
  const world = await newVisitor(server, of);
  const { conversationId, visitor } = world;
  await postMessage(visitor, { conversationId, text: "It is broken", clientId: newId() });
  await requestHuman(visitor, { conversationId, reason: "It is broken" });
  return world;
}
