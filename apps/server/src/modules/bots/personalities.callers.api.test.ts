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
let known: string;
const people = new Map<string, TrpcClient>();
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  eve = await server.signUp("Eve");
  people.set("guest", server.guest).set("owner", ada.trpc);
  for (const role of ["admin", "agent", "member"] as const) {
    people.set(role, (await colleague(server, ada, role)).trpc);
  }
  known = (await ada.trpc.aiPersonalities.create.mutate({ name: "Calm", systemPrompt: "Be calm." })).id;
});
afterAll(() => server.close());

const as = (who: string) => () => {
  const trpc = people.get(who);
  if (!trpc) throw new Error(`Nobody is ${who}.`);
  return trpc;
};

type Call = Scenario["call"];

const procedures: { name: string; call: (id: string) => Call; may: string[]; hasId: boolean }[] = [
  {
    name: "create",
    call: () => (t) => t.aiPersonalities.create.mutate({ name: newId(), systemPrompt: "Be brief." }),
    may: ["owner", "admin"],
    hasId: false,
  },
  {
    name: "list",
    call: () => (t) => t.aiPersonalities.list.query(),
    may: ["owner", "admin", "agent", "member"],
    hasId: false,
  },
  {
    name: "get",
    call: (id) => (t) => t.aiPersonalities.get.query({ id }),
    may: ["owner", "admin", "agent", "member"],
    hasId: true,
  },
  {
    name: "update",
    call: (id) => (t) => t.aiPersonalities.update.mutate({ id, temperature: 0.3 }),
    may: ["owner", "admin"],
    hasId: true,
  },
  {
    name: "setDefault",
    call: (id) => (t) => t.aiPersonalities.setDefault.mutate({ id }),
    may: ["owner", "admin"],
    hasId: true,
  },
];

describe("aiPersonalities", () => {
  const cases = procedures.flatMap(({ name, call, may }) => [
    { who: "guest", name, call, refused: "UNAUTHORIZED" as string | undefined },
    ...["owner", "admin", "agent", "member"].map((who) => ({
      who,
      name,
      call,
      refused: may.includes(who) ? undefined : "FORBIDDEN",
    })),
  ]);
  test.each(cases)("$name by a $who: $refused", async ({ who, call, refused }) => {
    await play({ as: as(who), call: call(known), ...(refused ? { refused } : {}) });
  });

  test.each(procedures.filter(({ hasId }) => hasId))(
    "$name of what is absent or foreign",
    async ({ call }) => {
      expect(await refusal(call(newId())(ada.trpc))).toBe("NOT_FOUND");
      expect(await refusal(call(known)(eve.trpc))).toBe("NOT_FOUND");
      expect(await refusal(call("x")(ada.trpc))).toBe("VALIDATION_ERROR");
    },
  );

  test("delete, by each", async () => {
    const one = await ada.trpc.aiPersonalities.create.mutate({ name: "Gone", systemPrompt: "x" });
    for (const [who, code] of [
      ["guest", "UNAUTHORIZED"],
      ["agent", "FORBIDDEN"],
      ["member", "FORBIDDEN"],
    ] as const) {
      expect(await refusal(as(who)().aiPersonalities.delete.mutate({ id: one.id }))).toBe(code);
    }
    expect(await refusal(eve.trpc.aiPersonalities.delete.mutate({ id: one.id }))).toBe("NOT_FOUND");
    expect(await as("admin")().aiPersonalities.delete.mutate({ id: one.id })).toEqual({ success: true });
    expect(await refusal(ada.trpc.aiPersonalities.delete.mutate({ id: one.id }))).toBe("NOT_FOUND");
  });

  test("a bot's prompt is no personality, and a personality no bot's prompt", async () => {
    const bot = await ada.trpc.bot.create.mutate({ name: "Helper" });
    const [prompt] = await ada.trpc.botPrompt.listByBotId.query({ botId: bot.id });
    const promptId = prompt?.id ?? "";
    expect(await refusal(ada.trpc.aiPersonalities.get.query({ id: promptId }))).toBe("NOT_FOUND");
    expect(await refusal(ada.trpc.aiPersonalities.delete.mutate({ id: promptId }))).toBe("NOT_FOUND");
    expect(await ada.trpc.botPrompt.byId.query({ id: known })).toBeNull();
    expect(await refusal(ada.trpc.botPrompt.update.mutate({ id: known, name: "x" }))).toBe("NOT_FOUND");
    expect(await refusal(ada.trpc.botPrompt.delete.mutate({ id: known }))).toBe("NOT_FOUND");
    const naming = { botId: bot.id, promptId: known };
    expect(await refusal(ada.trpc.botPrompt.setActive.mutate(naming))).toBe("NOT_FOUND");
    const ofEve = await eve.trpc.bot.create.mutate({ name: "Other" });
    expect(await refusal(eve.trpc.bot.update.mutate({ id: ofEve.id, personalityId: known }))).toBe(
      "NOT_FOUND",
    );
    const personalityId = promptId;
    expect(await refusal(ada.trpc.bot.update.mutate({ id: bot.id, personalityId }))).toBe("NOT_FOUND");
  });
});

describe("bounds", () => {
  const make = (fields: object): Call => {
    return (t) =>
      t.aiPersonalities.create.mutate({
        name: newId(),
        systemPrompt: "x",
        ...fields,
      });
  };
  const bounds: { title: string; fields: object; refused?: string }[] = [
    { title: "an empty name", fields: { name: " " }, refused: "VALIDATION_ERROR" },
    { title: "a name of 100", fields: { name: "n".repeat(100) } },
    { title: "a name of 101", fields: { name: "n".repeat(101) }, refused: "VALIDATION_ERROR" },
    { title: "an empty prompt", fields: { systemPrompt: "" }, refused: "VALIDATION_ERROR" },
    { title: "a prompt of 20,000", fields: { systemPrompt: "p".repeat(20_000) } },
    {
      title: "a prompt of 20,001",
      fields: { systemPrompt: "p".repeat(20_001) },
      refused: "VALIDATION_ERROR",
    },
    { title: "a prompt with NUL", fields: { systemPrompt: "a\u0000" }, refused: "VALIDATION_ERROR" },
    { title: "a temperature of -0.1", fields: { temperature: -0.1 }, refused: "VALIDATION_ERROR" },
    { title: "a temperature of 0", fields: { temperature: 0 } },
    { title: "a temperature of 2", fields: { temperature: 2 } },
    { title: "a temperature of 2.1", fields: { temperature: 2.1 }, refused: "VALIDATION_ERROR" },
    { title: "no temperature", fields: { temperature: null } },
    {
      title: "an unknown provider",
      fields: { modelPreferences: { provider: "x" } },
      refused: "VALIDATION_ERROR",
    },
    {
      title: "a model of nobody's",
      fields: { modelPreferences: { model: "m" } },
      refused: "VALIDATION_ERROR",
    },
    { title: "15 tokens", fields: { modelPreferences: { maxTokens: 15 } }, refused: "VALIDATION_ERROR" },
    { title: "16 tokens", fields: { modelPreferences: { maxTokens: 16 } } },
    { title: "4,096 tokens", fields: { modelPreferences: { maxTokens: 4_096 } } },
    {
      title: "4,097 tokens",
      fields: { modelPreferences: { maxTokens: 4_097 } },
      refused: "VALIDATION_ERROR",
    },
    { title: "a name that is taken", fields: { name: "Calm" }, refused: "PROMPT_NAME_TAKEN" },
  ];
  test.each(bounds)("$title: $refused", async ({ fields, refused }) => {
    await play({ as: as("owner"), call: make(fields), ...(refused ? { refused } : {}) });
  });

  test.each([
    [{ pageSize: 0 }, "VALIDATION_ERROR"],
    [{ pageSize: 101 }, "VALIDATION_ERROR"],
    [{ page: 0 }, "VALIDATION_ERROR"],
    [{ search: "s".repeat(101) }, "VALIDATION_ERROR"],
  ])("a list of %j: %s", async (input, refused) => {
    expect(await refusal(ada.trpc.aiPersonalities.list.query(input))).toBe(refused);
  });
});
