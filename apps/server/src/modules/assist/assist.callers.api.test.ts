import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openWidget, visit } from "../../../../../tests/harness/chat.ts";
import { botWith, colleague, play, type Scenario } from "../../../../../tests/harness/scenarios.ts";
import {
  sharedTestServer,
  type TestServer,
  type TestUser,
  type TrpcClient,
} from "../../../../../tests/harness/server.ts";
import { newId } from "../../platform/ids/index.ts";

let server: TestServer;
let ada: TestUser;
let eve: TestUser;
let conversationId: string;
let exampleId: string;
const people = new Map<string, TrpcClient>();

beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  eve = await server.signUp("Eve");
  people.set("guest", server.guest).set("owner", ada.trpc);
  for (const role of ["admin", "agent", "member"] as const) {
    people.set(role, (await colleague(server, ada, role)).trpc);
  }
  const bot = await botWith(ada, {});
  conversationId = (await visit(server, ada, bot.id)).conversationId;
  exampleId = (await teach(ada.trpc)).id;
});
afterAll(() => server.close());

const teach = (trpc: TrpcClient, text = newId()) =>
  trpc.assist.labels.add.mutate({ kind: "intent", label: "card arrival", text });

type Call = Scenario["call"];
const supporters = ["owner", "admin", "agent"];
const managers = ["owner", "admin"];
const procedures: { name: string; may: string[]; call: Call; absent?: Call }[] = [
  { name: "classify", may: supporters, call: (t) => t.assist.classify.mutate({ text: "Hello there" }) },
  {
    name: "suggest",
    may: supporters,
    call: (t) => t.assist.suggest.query({ conversationId }),
    absent: (t) => t.assist.suggest.query({ conversationId: newId() }),
  },
  {
    name: "summary",
    may: supporters,
    call: (t) => t.assist.summary.mutate({ conversationId }),
    absent: (t) => t.assist.summary.mutate({ conversationId: newId() }),
  },
  {
    name: "brief",
    may: supporters,
    call: (t) => t.assist.brief.query({ conversationId }),
    absent: (t) => t.assist.brief.query({ conversationId: newId() }),
  },
  {
    name: "writeBrief",
    may: supporters,
    call: (t) => t.assist.writeBrief.mutate({ conversationId }),
    absent: (t) => t.assist.writeBrief.mutate({ conversationId: newId() }),
  },
  { name: "translate", may: supporters, call: (t) => t.assist.translate.mutate({ text: "Hello", to: "fr" }) },
  { name: "labels.list", may: supporters, call: (t) => t.assist.labels.list.query({ kind: "intent" }) },
  { name: "labels.add", may: managers, call: (t) => teach(t) },
];

describe.each(procedures)("assist.$name", ({ may, call, absent }) => {
  test.each(["guest", ...supporters, "member"])("by %s", async (who) => {
    const trpc = people.get(who);
    if (!trpc) throw new Error(`Nobody is ${who}.`);
    const refused = who === "guest" ? "UNAUTHORIZED" : may.includes(who) ? undefined : "FORBIDDEN";
    await play({ as: () => trpc, call, ...(refused ? { refused } : {}) });
  });

  test("of what is absent, or another tenant's", async () => {
    if (!absent) return;
    await play({ as: () => ada.trpc, call: absent, refused: "NOT_FOUND" });
    await play({ as: () => eve.trpc, call, refused: "NOT_FOUND" });
  });
});

test("an example is deleted by who may teach, once, and in its own workspace alone", async () => {
  const remove: Call = (t) => t.assist.labels.delete.mutate({ exampleId });
  await play({ as: () => server.guest, call: remove, refused: "UNAUTHORIZED" });
  for (const who of ["agent", "member"]) {
    await play({ as: () => people.get(who) ?? server.guest, call: remove, refused: "FORBIDDEN" });
  }
  await play({ as: () => eve.trpc, call: remove, refused: "NOT_FOUND" });
  await play({ as: () => ada.trpc, call: remove });
  await play({ as: () => ada.trpc, call: remove, refused: "NOT_FOUND" });
});

const refused = "VALIDATION_ERROR";
const bounds: { title: string; call: Call; refused?: string }[] = [
  { title: "an empty text", call: (t) => t.assist.classify.mutate({ text: " " }), refused },
  { title: "a text of 8,000 characters", call: (t) => t.assist.classify.mutate({ text: "ü".repeat(8_000) }) },
  {
    title: "a text of 8,001 characters",
    call: (t) => t.assist.classify.mutate({ text: "ü".repeat(8_001) }),
    refused,
  },
  {
    title: "51 messages before it",
    call: (t) => t.assist.classify.mutate({ text: "a", previousMessages: Array(51).fill("b") }),
    refused,
  },
  { title: "an example of 1,000 characters", call: (t) => teach(t, "e".repeat(1_000)) },
  { title: "an example of 1,001 characters", call: (t) => teach(t, "e".repeat(1_001)), refused },
  { title: "an example of nothing", call: (t) => teach(t, " "), refused },
  {
    title: "a label that could be markup",
    call: (t) => t.assist.labels.add.mutate({ kind: "intent", label: "<b>", text: "a" }),
    refused,
  },
  {
    title: "a label of 61 characters",
    call: (t) => t.assist.labels.add.mutate({ kind: "intent", label: "l".repeat(61), text: "a" }),
    refused,
  },
  {
    title: "a page of 101",
    call: (t) => t.assist.labels.list.query({ kind: "intent", pageSize: 101 }),
    refused,
  },
  {
    title: "a language of three letters",
    call: (t) => t.assist.translate.mutate({ text: "a", to: "eng" }),
    refused,
  },
];
test.each(bounds)("$title", async ({ call, refused }) => {
  await play({ as: () => ada.trpc, call, ...(refused ? { refused } : {}) });
});

test("a severity that is none of the four is refused", async () => {
  const response = await fetch(`${server.url}/trpc/assist.labels.add`, {
    method: "POST",
    headers: { ...ada.headers, "content-type": "application/json" },
    body: JSON.stringify({ kind: "severity", label: "P9", text: "a" }),
  });
  expect(response.status).toBe(400);
});

test("a visitor's token opens none of it", async () => {
  const widget = await ada.trpc.widgetConfig.getByBotId.query({ botId: (await botWith(ada, {})).id });
  const visitor = await openWidget(server, widget.widgetId);
  const response = await fetch(`${server.url}/v1/ai/classify`, {
    method: "POST",
    headers: { ...visitor.headers, "content-type": "application/json" },
    body: JSON.stringify({ content: "Hello" }),
  });
  expect(response.status).toBe(401);
});
