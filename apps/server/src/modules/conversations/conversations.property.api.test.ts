import { asc, eq } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { botWith, colleague } from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { whileTimeLasts } from "../../../../../tests/harness/while-time-lasts.ts";
import { contextFor } from "../../faces/principal.ts";
import { inTx } from "../../platform/ctx/index.ts";
import { isAppError } from "../../platform/errors/index.ts";
import { newId } from "../../platform/ids/index.ts";
import type { Ctx } from "../../ports/index.ts";
import { createCustomer } from "../customers/index.ts";
import { rightsOfRole } from "../identity/index.ts";
import { conversationEvents, conversations, escalations, messages } from "./conversations.tables.ts";
import * as service from "./index.ts";

/*
 * Everyone acts on one conversation at once, in every order. However it goes: numbers have no gaps, one
 * person at most owns it, the bot begins nothing and completes nothing while a human has it, and an act
 * is either done or refused by name.
 */
let server: TestServer;
let ada: TestUser;
let botId: string;
let agents: Ctx[];
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  botId = (await botWith(ada, {})).id;
  const people = [ada, await colleague(server, ada, "agent"), await colleague(server, ada, "agent")];
  agents = people.map(({ userId }, n) =>
    contextFor(
      server.services,
      { kind: "user", userId, name: `Agent ${n}`, role: "agent", rights: rightsOfRole("agent") },
      ada.tenantId,
      null,
    ),
  );
});
afterAll(() => server.close());

const act = fc.oneof(
  fc.record({ kind: fc.constant("post" as const), message: fc.integer({ min: 0, max: 2 }) }),
  fc.record({ kind: fc.constant("bot" as const), message: fc.integer({ min: 0, max: 2 }) }),
  fc.record({ kind: fc.constant("ask" as const) }),
  fc.record({
    kind: fc.constantFrom("takeOver" as const, "reply" as const, "handBack" as const),
    agent: fc.nat(2),
  }),
  fc.record({ kind: fc.constantFrom("resolve" as const, "reopen" as const), agent: fc.nat(2) }),
);
type Act = typeof act extends fc.Arbitrary<infer Value> ? Value : never;

interface World {
  conversationId: string;
  visitor: Ctx;
  /** Customer messages by the number of the test, once they were posted. */
  posted: Map<number, string>;
}

async function perform(world: World, one: Act): Promise<void> {
  const { conversationId, visitor, posted } = world;
  switch (one.kind) {
    case "post": {
      const clientId = `m${one.message}`;
      const { message } = await service.postMessage(visitor, { conversationId, text: clientId, clientId });
      posted.set(one.message, message.id);
      return;
    }
    case "bot": {
      const replyTo = posted.get(one.message);
      if (!replyTo) return;
      const turn = await service.beginBotMessage(visitor, { conversationId, replyTo, botName: "Bot" });
      if (turn.kind !== "begun") return;
      const { messageId } = turn;
      await inTx(visitor, (ctx) =>
        service.finishBotMessage(ctx, { conversationId, messageId, text: "words", state: "complete" }),
      );
      return;
    }
    case "ask":
      await service.requestHuman(visitor, { conversationId, reason: "r", confirmation: "c" });
      return;
    default: {
      const agent = agents[one.agent];
      if (!agent) throw new Error("There is no such agent.");
      if (one.kind === "takeOver") await service.takeOver(agent, { conversationId });
      else if (one.kind === "handBack") await service.handBack(agent, { conversationId });
      else if (one.kind === "resolve") await service.resolveConversation(agent, { conversationId });
      else if (one.kind === "reopen") await service.reopenConversation(agent, { conversationId });
      else await service.replyAsAgent(agent, { conversationId, text: "hello", clientId: newId() });
    }
  }
}

async function newWorld(): Promise<World> {
  const system = contextFor(server.services, { kind: "system", name: "test" }, ada.tenantId, null);
  const { customer, conversation } = await inTx(system, async (ctx) => {
    const customer = await createCustomer(ctx, { locale: null });
    const opening = { botId, channel: "widget", customerId: customer.id } as const;
    return { customer, conversation: await service.openConversation(ctx, opening) };
  });
  const visitor = contextFor(
    server.services,
    { kind: "visitor", customerId: customer.id, widgetId: newId(), botId },
    ada.tenantId,
    null,
  );
  return { conversationId: conversation.id, visitor, posted: new Map() };
}

/** Reads the conversation back, all at one moment: every writer waits for its row. Holds it against its own log. */
async function check({ conversationId }: World): Promise<void> {
  const rows = await server.services.db.withTenant(ada.tenantId, async (tx) => ({
    conversation: (
      await tx.select().from(conversations).where(eq(conversations.id, conversationId)).for("update")
    )[0],
    events: await tx
      .select()
      .from(conversationEvents)
      .where(eq(conversationEvents.conversationId, conversationId))
      .orderBy(asc(conversationEvents.sequence)),
    messages: await tx.select().from(messages).where(eq(messages.conversationId, conversationId)),
    escalations: await tx.select().from(escalations).where(eq(escalations.conversationId, conversationId)),
  }));
  const { conversation, events } = rows;
  if (!conversation) throw new Error("The conversation is gone.");
  expect(events.map((event) => event.sequence)).toEqual(events.map((_, index) => index + 1));
  expect(conversation.lastSequence).toBe(events.length);
  expect(new Set(rows.messages.map((message) => message.sequence)).size).toBe(rows.messages.length);
  const clientIds = rows.messages.flatMap((message) => message.clientId ?? []);
  expect(new Set(clientIds).size).toBe(clientIds.length);

  const byId = new Map(rows.messages.map((message) => [message.id, message]));
  const begun = new Set<string>();
  let status: service.ConversationStatus = "new";
  for (const event of events) {
    if (event.type === "status") status = statusIn(event.data);
    const message = event.messageId ? byId.get(event.messageId) : undefined;
    if (message?.author !== "bot") continue;
    const isFirst = !begun.has(message.id);
    begun.add(message.id);
    if (isFirst) expect(service.isWithHuman(status), "the bot began").toBe(false);
    else if (service.isWithHuman(status)) expect(message.state, "the bot went on").toBe("interrupted");
  }
  expect(conversation.status).toBe(status);
  if (status === "escalated" || status === "ai_handling") expect(conversation.assigneeId).toBeNull();
  if (status === "awaiting_customer") expect(conversation.assigneeId).not.toBeNull();
  const open = rows.escalations.filter(({ status }) => status === "pending" || status === "assigned");
  expect(open.length).toBeLessThanOrEqual(1);
  expect(open.length === 1 && open[0]?.status === "pending").toBe(status === "escalated");
}

function statusIn(data: Record<string, unknown> | null): service.ConversationStatus {
  const found = (
    ["ai_handling", "escalated", "awaiting_agent", "awaiting_customer", "resolved", "closed", "new"] as const
  ).find((status) => status === data?.status);
  if (!found) throw new Error(`There is no status in ${JSON.stringify(data)}.`);
  return found;
}

test("acts at once on one conversation are done or refused, and break no rule", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(act, { minLength: 1, maxLength: 4 }), { maxLength: 8 }),
      whileTimeLasts(15_000, async (waves) => {
        const world = await newWorld();
        for (const wave of waves) {
          const results = await Promise.allSettled(wave.map((one) => perform(world, one)));
          for (const result of results) {
            if (result.status === "fulfilled") continue;
            if (!isAppError(result.reason)) throw result.reason;
            expect(["CONFLICT", "ILLEGAL_TRANSITION"]).toContain(result.reason.code);
          }
          await check(world);
        }
      }),
    ),
    { numRuns: 25 },
  );
}, 120_000);
