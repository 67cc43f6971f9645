import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { colleague, play, refusal, type Scenario } from "../../../../../tests/harness/scenarios.ts";
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
let botId: string;
const people = new Map<string, TrpcClient>();
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  eve = await server.signUp("Eve");
  people.set("guest", server.guest).set("owner", ada.trpc);
  for (const role of ["admin", "agent", "member"] as const) {
    people.set(role, (await colleague(server, ada, role)).trpc);
  }
  botId = (await ada.trpc.bot.create.mutate({ name: "Helper" })).id;
});
afterAll(() => server.close());

const as = (who: string) => () => {
  const trpc = people.get(who);
  if (!trpc) throw new Error(`Nobody is ${who}.`);
  return trpc;
};

type Call = Scenario["call"];
const everyone = ["owner", "admin", "agent", "member"];
const managers = ["owner", "admin"];

const procedures: { name: string; call: (bot: string) => Call; may: string[]; hasBot: boolean }[] = [
  { name: "prices.list", call: () => (t) => t.prices.list.query(), may: everyone, hasBot: false },
  {
    name: "prices.set",
    call: () => (t) => t.prices.set.mutate({ model: "openai:own", input: 1, output: 2 }),
    may: managers,
    hasBot: false,
  },
  {
    name: "prices.reset",
    call: () => (t) => t.prices.reset.mutate({ model: "openai:own" }),
    may: managers,
    hasBot: false,
  },
  {
    name: "budget.get",
    call: (bot) => (t) => t.budget.get.query({ botId: bot }),
    may: everyone,
    hasBot: true,
  },
  {
    name: "budget.get of the workspace",
    call: () => (t) => t.budget.get.query({}),
    may: everyone,
    hasBot: false,
  },
  { name: "budget.list", call: () => (t) => t.budget.list.query(), may: everyone, hasBot: false },
  {
    name: "budget.set",
    call: (bot) => (t) => t.budget.set.mutate({ botId: bot, limit: 10 }),
    may: managers,
    hasBot: true,
  },
  {
    name: "budget.set of the workspace",
    call: () => (t) => t.budget.set.mutate({ limit: 10 }),
    may: managers,
    hasBot: false,
  },
  {
    name: "budget.usage",
    call: (bot) => (t) => t.budget.usage.query({ botId: bot }),
    may: everyone,
    hasBot: true,
  },
];

describe.each(procedures)("$name", ({ call, may, hasBot }) => {
  const own: Call = (trpc) => call(botId)(trpc);
  const scenarios: Scenario[] = [
    { title: "a guest", as: as("guest"), call: own, refused: "UNAUTHORIZED" },
    ...everyone.map((role) => ({
      title: `the ${role}`,
      as: as(role),
      call: own,
      ...(may.includes(role) ? {} : { refused: "FORBIDDEN" }),
    })),
  ];
  test.each(scenarios)("by $title: $refused", play);

  test.runIf(hasBot)("of another tenant's bot, or of none, is not found", async () => {
    expect(await refusal(own(eve.trpc))).toBe("NOT_FOUND");
    expect(await refusal(call(newId())(ada.trpc))).toBe("NOT_FOUND");
    expect(await refusal(call("no id")(ada.trpc))).toBe("VALIDATION_ERROR");
  });
});

const price = (change: object): Call => {
  return (t) => t.prices.set.mutate({ model: "openai:own", input: 1, output: 1, ...change });
};
const limit = (value: number | null): Call => {
  return (t) => t.budget.set.mutate({ botId, limit: value });
};
const bounds: { title: string; call: Call; refused?: string }[] = [
  { title: "a price of nothing", call: price({ input: 0, output: 0 }) },
  { title: "a price under nothing", call: price({ input: -0.01 }), refused: "VALIDATION_ERROR" },
  { title: "the highest price", call: price({ output: 100_000 }) },
  { title: "a price above it", call: price({ output: 100_000.01 }), refused: "VALIDATION_ERROR" },
  { title: "a price that is no number", call: price({ input: "1" }), refused: "VALIDATION_ERROR" },
  { title: "a model of no provider", call: price({ model: "gpt-4o" }), refused: "VALIDATION_ERROR" },
  { title: "a model of an unknown provider", call: price({ model: "acme:m" }), refused: "VALIDATION_ERROR" },
  { title: "a model without a name", call: price({ model: "openai: " }), refused: "VALIDATION_ERROR" },
  { title: "a model with a colon", call: price({ model: "ollama:llama3:8b" }) },
  { title: "a name of 210 characters", call: price({ model: `grok:${"m".repeat(205)}` }) },
  {
    title: "a name of 211 characters",
    call: price({ model: `grok:${"m".repeat(206)}` }),
    refused: "VALIDATION_ERROR",
  },
  { title: "a limit of nothing", call: limit(0) },
  { title: "a limit under nothing", call: limit(-0.01), refused: "VALIDATION_ERROR" },
  { title: "a limit of cents", call: limit(0.07) },
  { title: "a limit of parts of a cent", call: limit(0.075), refused: "VALIDATION_ERROR" },
  { title: "the highest limit", call: limit(1_000_000) },
  { title: "a limit above it", call: limit(1_000_000.01), refused: "VALIDATION_ERROR" },
  { title: "no limit", call: limit(null) },
];
test.each(bounds)("$title: $refused", ({ call, ...rest }) => play({ as: as("owner"), call, ...rest }));
