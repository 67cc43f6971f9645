import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { agentContext, newVisitor } from "../../../../../tests/harness/desk.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { newId } from "../../platform/ids/index.ts";
import { ask } from "../answers/index.ts";
import { followCurrent, replyAsAgent, takeOver } from "./index.ts";

let server: TestServer;
let ada: TestUser;
let botId: string;
/** What was sent to the database, by the connection that it went over: the worker's statements too. */
const sent = new Map<unknown, string[]>();

beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  botId = (await ada.trpc.bot.create.mutate({ name: "Helper" })).id;
  const client = await server.services.db.pool.connect();
  client.release();
  const prototype: typeof client = Object.getPrototypeOf(client);
  const send: (...args: unknown[]) => unknown = prototype.query;
  vi.spyOn(prototype, "query").mockImplementation(function (this: unknown, ...args: unknown[]) {
    const [query] = args;
    sent.set(this, [...(sent.get(this) ?? []), String(Reflect.get(Object(query), "text") ?? query)]);
    return send.apply(this, args);
  });
});
afterAll(async () => {
  vi.restoreAllMocks();
  await server.close();
});

/** The statements of the last transaction in which this one stands. */
function transactionWith(mark: string): string[] {
  for (const statements of sent.values()) {
    const at = statements.findLastIndex((text) => text.includes(mark));
    if (at < 0) continue;
    const from = statements.slice(0, at).findLastIndex((text) => text.startsWith("begin"));
    const to = statements.findIndex((text, index) => index > at && text.endsWith("commit"));
    return statements.slice(from, to + 1);
  }
  throw new Error(`No transaction has ${mark}.`);
}

/** A conversation that Ada has taken over, in which both have written once. */
async function talking() {
  const { conversationId, visitor } = await newVisitor(server, { tenantId: ada.tenantId, botId });
  const agent = agentContext(server, ada);
  await takeOver(agent, { conversationId });
  const says = async (text: string) => {
    const { signal } = new AbortController();
    for await (const _ of ask(visitor, { conversationId, text, clientId: newId(), signal }));
  };
  const replies = (text: string) => replyAsAgent(agent, { conversationId, text, clientId: newId() });
  await says("Where is it?");
  await replies("On its way.");
  return { conversationId, visitor, says, replies };
}

// Each of these is waited for by whoever writes, some under the conversation's lock: a bound that must not grow. It is
// lowered where one is saved, and raised only for a reason that is worth a message's time.

test("a visitor's message to a person is kept in few statements", async () => {
  const { says } = await talking();
  await says("And now?"); // the conversation waits for the agent again
  sent.clear();
  await says("Hello?");
  expect(transactionWith('into "messages"').length).toBeLessThanOrEqual(7);
});

test("an agent's message is kept in few statements", async () => {
  const { replies } = await talking();
  sent.clear();
  await replies("Tomorrow.");
  expect(transactionWith('into "messages"').length).toBeLessThanOrEqual(7);
});

test("a customer is told what this process wrote without its being read again", async () => {
  const { conversationId, visitor, replies } = await talking();
  const left = new AbortController();
  const after = { conversationId, sequence: 0 };
  const { events } = await followCurrent(visitor, { conversationId, after, signal: left.signal });
  const until = async (text: string) => {
    for (;;) {
      const { value: event } = await events.next();
      if (!event || (event.type === "message" && event.message.text === text)) return event;
    }
  };
  await until("On its way.");
  sent.clear();
  await replies("Tomorrow.");
  expect(await until("Tomorrow.")).toBeDefined();
  expect([...sent.values()].flat().filter((text) => text.includes('from "conversation_events"'))).toEqual([]);
  left.abort();
});
