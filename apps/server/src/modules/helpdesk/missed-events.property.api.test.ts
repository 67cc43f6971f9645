import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { contextFor } from "../../faces/principal.ts";
import { inTx } from "../../platform/ctx/index.ts";
import { isAppError } from "../../platform/errors/index.ts";
import { newId } from "../../platform/ids/index.ts";
import type { Ctx } from "../../ports/index.ts";
import * as service from "../conversations/index.ts";
import { createCustomer } from "../customers/index.ts";
import { rightsOfRole } from "../identity/index.ts";
import { missedEvents } from "./missed-events.ts";

/*
 * Two conversations of one customer: words, notes, deletions, merges and splits in any order, while two readers ask now
 * and then for what they missed. In the end each has what a fresh reader sees: every message that is there once, in
 * order, with its words as they stand; and the visitor has seen no note. What they wrote stands in no conversation that
 * was merged into another.
 */
let server: TestServer;
let ada: TestUser;
let agent: Ctx;
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  const rights = rightsOfRole("agent");
  const actor = { kind: "user", userId: ada.userId, name: "Ada", role: "agent", rights } as const;
  agent = contextFor(server.services, actor, ada.tenantId, null);
});
afterAll(() => server.close());

const act = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom("post", "note", "reply"), at: fc.nat(1) }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom("read"), at: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("delete", "split"), at: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("merge"), at: fc.nat(1) }) },
);

/** A client that keeps what it was given, page by page. */
class Reader {
  after = 0;
  readonly times = new Map<string, number>();
  readonly order: string[] = [];
  readonly words = new Map<string, string>();

  readonly ctx: Ctx;
  readonly conversationId: string;

  constructor(ctx: Ctx, conversationId: string) {
    this.ctx = ctx;
    this.conversationId = conversationId;
  }

  async read(limit: number): Promise<void> {
    for (;;) {
      const { conversationId, after } = this;
      const page = await missedEvents(this.ctx, { conversationId, after, limit });
      for (const { type, message } of page.events) {
        if (!message) continue;
        this.words.set(message.id, message.text);
        if (type !== "message") continue;
        this.times.set(message.id, (this.times.get(message.id) ?? 0) + 1);
        this.order.push(message.id);
      }
      this.after = page.nextAfter;
      if (!page.hasMore) return;
    }
  }
}

test("who was away gets each message once, in order, through merges and splits", {
  timeout: 90_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(act, { maxLength: 20 }),
      fc.integer({ min: 1, max: 4 }),
      async (acts, limit) => {
        const customer = await inTx(agent, (ctx) => createCustomer(ctx, { locale: null }));
        const open = () => service.createConversation(agent, { customerId: customer.id, channel: "widget" });
        const ids = [(await open()).id, (await open()).id];
        const visitorActor = {
          kind: "visitor",
          customerId: customer.id,
          widgetId: newId(),
          botId: newId(),
        } as const;
        const visitor = contextFor(server.services, visitorActor, ada.tenantId, null);
        const readers = ids.flatMap((id) => [new Reader(agent, id), new Reader(visitor, id)]);

        for (const { kind, at } of acts) {
          const conversationId = ids[at] ?? "";
          const said = { conversationId, text: `Words ${newId()}`, clientId: newId() };
          const there = () => service.windowOfMessages(agent, { conversationId, limit: 200, notes: true });
          try {
            if (kind === "post") {
              const posted = await service.postMessage(visitor, said);
              const to = await inTx(visitor, (ctx) => service.findConversation(ctx, posted.conversationId));
              expect(to.mergedIntoId).toBeNull();
            }
            if (kind === "note") await service.addNote(agent, said);
            else if (kind === "reply") await service.replyAsAgent(agent, said);
            else if (kind === "read") for (const reader of readers) await reader.read(limit);
            else if (kind === "merge")
              await service.mergeConversations(agent, { conversationId, intoId: ids[1 - at] ?? "" });
            else {
              const id = (await there()).at(-1)?.id ?? newId();
              if (kind === "delete") await service.deleteMessage(agent, { messageId: id });
              else await service.splitConversation(agent, { conversationId, fromMessageId: id });
            }
          } catch (error) {
            if (!isAppError(error)) throw error; // refused by name
          }
        }

        for (const reader of readers) {
          await reader.read(limit);
          const fresh = new Reader(reader.ctx, reader.conversationId);
          await fresh.read(500);
          expect([...reader.times.values()].every((n) => n === 1)).toBe(true);
          expect(reader.order.filter((id) => fresh.times.has(id))).toEqual(fresh.order);
          for (const id of fresh.order) expect(reader.words.get(id)).toBe(fresh.words.get(id));
          const shown = await service.windowOfMessages(reader.ctx, {
            conversationId: reader.conversationId,
            limit: 200,
            notes: true,
          });
          const standing = fresh.order.filter((id) => fresh.words.get(id) !== "");
          expect(standing).toEqual(shown.filter(({ text }) => text !== "").map(({ id }) => id));
          if (reader.ctx === visitor) expect(shown.every(({ internal }) => !internal)).toBe(true);
        }
      },
    ),
    { numRuns: 5 },
  );
});
