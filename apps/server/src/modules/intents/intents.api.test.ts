import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askBot, memberChat } from "../../../../../tests/harness/chat.ts";
import { eventually } from "../../../../../tests/harness/eventually.ts";
import { botWith, colleague, play, refusal, type Scenario } from "../../../../../tests/harness/scenarios.ts";
import {
  sharedTestServer,
  type TestServer,
  type TestUser,
  type TrpcClient,
} from "../../../../../tests/harness/server.ts";
import { contextFor } from "../../faces/principal.ts";
import { newId } from "../../platform/ids/index.ts";
import { trainIntents } from "./index.ts";

let server: TestServer;
let ada: TestUser;
let eve: TestUser;
let botId: string;
let intentId: string;
const people = new Map<string, TrpcClient>();
const refund = ["I want my money back", "How do I get a refund?", "Please refund my order", "refund me"];
const delivery = ["Where is my parcel?", "When will it arrive?", "How long is delivery?", "track my parcel"];

beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  eve = await server.signUp("Eve");
  people.set("guest", server.guest).set("owner", ada.trpc);
  for (const role of ["admin", "agent", "member"] as const) {
    people.set(role, (await colleague(server, ada, role)).trpc);
  }
  botId = (await botWith(ada, {})).id;
  intentId = (await ada.trpc.intents.create.mutate({ botId, name: "Refund", examples: refund })).id;
});
afterAll(() => server.close());

const everyone = ["owner", "admin", "agent", "member"];
const managers = ["owner", "admin"];

type Call = Scenario["call"];
interface Ids {
  bot: string;
  intent: string;
}
const procedures: { name: string; may: string[]; call: (ids: Ids) => Call }[] = [
  {
    name: "list",
    may: everyone,
    call:
      ({ bot }) =>
      (t) =>
        t.intents.list.query({ botId: bot }),
  },
  {
    name: "create",
    may: managers,
    call:
      ({ bot }) =>
      (t) =>
        t.intents.create.mutate({ botId: bot, name: `New ${newId()}`, examples: [] }),
  },
  {
    name: "update",
    may: managers,
    call:
      ({ intent }) =>
      (t) =>
        t.intents.update.mutate({ id: intent, examples: refund }),
  },
  {
    name: "classify",
    may: everyone,
    call:
      ({ bot }) =>
      (t) =>
        t.intents.classify.query({ botId: bot, text: "refund" }),
  },
];

describe.each(procedures)("intents.$name", ({ may, call }) => {
  test.each(["guest", ...everyone])("by %s", async (who) => {
    const trpc = people.get(who);
    if (!trpc) throw new Error(`Nobody is ${who}.`);
    const refused = who === "guest" ? "UNAUTHORIZED" : may.includes(who) ? undefined : "FORBIDDEN";
    await play({
      as: () => trpc,
      call: call({ bot: botId, intent: intentId }),
      ...(refused ? { refused } : {}),
    });
  });

  test("of what is absent, or another tenant's", async () => {
    const absent = { bot: newId(), intent: newId() };
    await play({ as: () => ada.trpc, call: call(absent), refused: "NOT_FOUND" });
    await play({ as: () => eve.trpc, call: call({ bot: botId, intent: intentId }), refused: "NOT_FOUND" });
  });
});

describe("intents.delete", () => {
  test.each(["guest", "agent", "member"])("is refused to %s", async (who) => {
    const call = people.get(who)?.intents.delete.mutate({ id: intentId });
    expect(await refusal(call ?? Promise.resolve())).toBe(who === "guest" ? "UNAUTHORIZED" : "FORBIDDEN");
  });

  test("finds neither another tenant's nor one that is gone", async () => {
    const { id } = await ada.trpc.intents.create.mutate({ botId, name: "Gone", examples: [] });
    expect(await refusal(eve.trpc.intents.delete.mutate({ id }))).toBe("NOT_FOUND");
    expect(await ada.trpc.intents.delete.mutate({ id })).toEqual({ success: true });
    expect(await refusal(ada.trpc.intents.delete.mutate({ id }))).toBe("NOT_FOUND");
  });
});

const refused = "VALIDATION_ERROR";
const many = (count: number) => Array.from({ length: count }, (_, at) => `example ${at}`);
const bounds: { title: string; input: { name: string; examples: string[] }; refused?: string }[] = [
  { title: "no name", input: { name: " ", examples: [] }, refused },
  { title: "a name of 100 characters", input: { name: "n".repeat(100), examples: [] } },
  { title: "a name of 101 characters", input: { name: "n".repeat(101), examples: [] }, refused },
  {
    title: "a name that is taken, in other letters",
    input: { name: "refund", examples: [] },
    refused: "CONFLICT",
  },
  { title: "an empty example", input: { name: "Empty", examples: [""] }, refused },
  { title: "an example of 1,000 characters", input: { name: "Long", examples: ["e".repeat(1_000)] } },
  {
    title: "an example of 1,001 characters",
    input: { name: "Longer", examples: ["e".repeat(1_001)] },
    refused,
  },
  { title: "500 examples", input: { name: "Many", examples: many(500) } },
  { title: "501 examples", input: { name: "More", examples: many(501) }, refused },
  { title: "NUL", input: { name: "Nul", examples: ["a\u0000b"] }, refused },
];
test.each(bounds)("$title", async ({ input, refused }) => {
  const call: Call = (t) => t.intents.create.mutate({ botId, ...input });
  await play({ as: () => ada.trpc, call, ...(refused ? { refused } : {}) });
});

describe("a bot that is taught", () => {
  /** As soon as all that was taught is learnt. */
  const learnt = (user: TestUser, botId: string) =>
    eventually(async () => {
      const { training } = await user.trpc.intents.list.query({ botId });
      expect(training.state).not.toBe("training");
      return training;
    });

  test("tells intents once there are two, forgets a deleted one at once, and says what it knows", async () => {
    const user = await server.signUp();
    const bot = (await botWith(user, {})).id;
    const told = async (text: string) => user.trpc.intents.classify.query({ botId: bot, text });
    expect(await told("refund please")).toBeNull();
    const first = await user.trpc.intents.create.mutate({
      botId: bot,
      name: "Refund",
      examples: [...refund, ...refund],
    });
    expect(first.examples).toEqual(refund); // twice the same teaches nothing
    expect(await learnt(user, bot)).toMatchObject({ state: "untaught", accuracy: null });
    const second = await user.trpc.intents.create.mutate({
      botId: bot,
      name: "Delivery",
      examples: delivery,
    });
    expect((await learnt(user, bot)).accuracy).toBeGreaterThan(0);

    expect((await told("could you refund my order"))?.intent).toEqual({ id: first.id, name: "Refund" });
    expect((await told("where is the parcel"))?.intent?.name).toBe("Delivery");
    const strange = await told("zebras graze quietly");
    expect(strange?.intent).toBeNull();
    expect(strange?.ranking).toHaveLength(2);

    const answer = await askBot(server, memberChat(user, bot), "could you refund my order");
    const { trace } = await user.trpc.answers.get.query({ id: answer.metadata?.answerId ?? "" });
    expect(trace.stages[0]?.data).toMatchObject({ intentId: first.id, intent: "Refund" });

    await user.trpc.intents.update.mutate({ id: first.id, name: "Money back" });
    expect((await told("could you refund my order"))?.intent?.name).toBe("Money back");
    await user.trpc.intents.delete.mutate({ id: second.id });
    expect((await told("where is the parcel"))?.intent?.name).not.toBe("Delivery");
    expect(await learnt(user, bot)).toMatchObject({ state: "untaught" });
    expect(await told("could you refund my order")).toBeNull();
  }, 60_000);

  test("by twenty at once learns all of it", async () => {
    const user = await server.signUp();
    const bot = (await botWith(user, {})).id;
    await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        user.trpc.intents.create.mutate({
          botId: bot,
          name: `Intent ${at}`,
          examples: [`word${at} a`, `word${at} b`],
        }),
      ),
    );
    expect((await learnt(user, bot)).state).toBe("trained");
    for (const at of [0, 7, 19]) {
      const told = await user.trpc.intents.classify.query({ botId: bot, text: `word${at} b` });
      expect(told?.ranking[0]?.name).toBe(`Intent ${at}`);
    }
    // a job that comes a second time, or for a bot that is gone, does nothing
    const ctx = contextFor(server.services, { kind: "system", name: "test" }, user.tenantId, null);
    const before = (await user.trpc.intents.list.query({ botId: bot })).training;
    await trainIntents(ctx, { botId: bot });
    await trainIntents(ctx, { botId: newId() });
    expect((await user.trpc.intents.list.query({ botId: bot })).training).toEqual(before);
  }, 60_000);
});
