import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { restClient } from "../../../../../tests/harness/rest.ts";
import {
  colleague,
  play,
  refusal,
  refusalText,
  type Scenario,
} from "../../../../../tests/harness/scenarios.ts";
import type { TestUser, TrpcClient } from "../../../../../tests/harness/server.ts";
import { newId } from "../../platform/ids/index.ts";
import type { Action } from "./rules/rule.schema.ts";
import { type RuleWorld, ruleText, startRuleWorld } from "./testing/rule-world.ts";

let world: RuleWorld;
let eve: TestUser;
let ruleId: string;
let conversationId: string;
let bearer: string;
const people = new Map<string, TrpcClient>();
const rest = restClient(() => world.server);
beforeAll(async () => {
  world = await startRuleWorld();
  const { server, ada } = world;
  eve = await server.signUp("Eve");
  people.set("guest", server.guest).set("owner", ada.trpc);
  for (const role of ["admin", "agent", "member"] as const) {
    people.set(role, (await colleague(server, ada, role)).trpc);
  }
  ruleId = (await ada.trpc.automation.create.mutate(text)).id;
  conversationId = (await world.said("hello")).conversationId;
  bearer = (await rest.login(ada)).accessToken;
});
afterAll(() => world.server.close());

const addTag: Action = { type: "add_tags", params: { tags: ["x"] } };
const text = ruleText("message.added", [], [addTag]);
const as = (who: string) => () => {
  const trpc = people.get(who);
  if (!trpc) throw new Error(`Nobody is ${who}.`);
  return trpc;
};

type Call = Scenario["call"];
const procedures: { name: string; call: (id: string) => Call; agent: boolean; hasId: boolean }[] = [
  { name: "list", call: () => (t) => t.automation.list.query(), agent: false, hasId: false },
  { name: "fields", call: () => (t) => t.automation.fields.query(), agent: false, hasId: false },
  { name: "create", call: () => (t) => t.automation.create.mutate(text), agent: false, hasId: false },
  { name: "get", call: (id) => (t) => t.automation.get.query({ ruleId: id }), agent: false, hasId: true },
  {
    name: "versions",
    call: (id) => (t) => t.automation.versions.query({ ruleId: id }),
    agent: false,
    hasId: true,
  },
  { name: "test", call: (id) => (t) => t.automation.test.mutate({ ruleId: id }), agent: false, hasId: true },
  {
    name: "update",
    call: (id) => (t) => t.automation.update.mutate({ ruleId: id, priority: 1 }),
    agent: false,
    hasId: true,
  },
  {
    name: "firingsOf",
    call: (id) => (t) => t.automation.firingsOf.query({ conversationId: id }),
    agent: true,
    hasId: true,
  },
];

describe.each(procedures)("automation.$name", ({ name, call, agent, hasId }) => {
  const own: Call = (trpc) => call(name === "firingsOf" ? conversationId : ruleId)(trpc);
  test.each([
    { who: "guest", refused: "UNAUTHORIZED" },
    { who: "owner" },
    { who: "admin" },
    { who: "agent", ...(agent ? {} : { refused: "FORBIDDEN" }) },
    { who: "member", refused: "FORBIDDEN" },
  ])("by the $who: $refused", ({ who, refused }) =>
    play({ as: as(who), call: own, ...(refused ? { refused } : {}) }),
  );

  if (hasId) {
    test("of another tenant, or of nothing, is not found", async () => {
      const [foreign, absent] = [refusalText(own(eve.trpc)), refusalText(call(newId())(world.ada.trpc))];
      expect(await foreign).toBe(await absent);
      expect(await refusal(own(eve.trpc))).toBe("NOT_FOUND");
    });
  }
});

test("automation.delete is for who may manage rules, and once", async () => {
  const { id } = await world.ada.trpc.automation.create.mutate(text);
  const remove = (trpc: TrpcClient) => trpc.automation.delete.mutate({ ruleId: id });
  expect(await refusal(remove(as("agent")()))).toBe("FORBIDDEN");
  expect(await refusal(remove(eve.trpc))).toBe("NOT_FOUND");
  await remove(as("admin")());
  expect(await refusal(remove(world.ada.trpc))).toBe("NOT_FOUND");
});

test("whom and what a rule names must be there, and one's own", async () => {
  const team = await eve.trpc.teams.create.mutate({ name: "Hers" });
  const faults = async (action: Action) =>
    refusalText(world.ada.trpc.automation.create.mutate({ ...text, actions: [action] }));
  const agent = (agentId: string): Action => ({ type: "assign_agent", params: { agentId } });
  expect(await faults(agent(eve.userId))).toBe(await faults(agent(newId())));
  expect(await faults({ type: "assign_team", params: { teamId: team.id } })).toContain(
    "actions.0.params.teamId",
  );
});

const ruleAnswer = z.object({
  data: z.object({
    id: z.string(),
    enabled: z.boolean(),
    version: z.number(),
    obstacle: z.string().nullable(),
    lastTest: z.object({ version: z.number(), scanned: z.number(), matched: z.number() }).nullable(),
  }),
});

test("seed 004's rules: made, tried, switched on, changed and deleted by a program", async () => {
  const slack: Action = {
    type: "notify_slack",
    params: { channel: "#incidents", message: "P0: {{conversation.subject}}" },
  };
  const made = await rest.post(
    "/v1/automation/rules",
    { ...text, name: "Seed", actions: [addTag, slack], enabled: true },
    bearer,
  );
  expect(made.status).toBe(201);
  const rule = ruleAnswer.parse(made.said).data;
  expect(rule).toMatchObject({ enabled: false, obstacle: "slack", version: 1 });

  const path = `/v1/automation/rules/${rule.id}`;
  const refused = await rest.call("PATCH", path, { enabled: true }, bearer);
  expect(refused).toMatchObject({ status: 409, said: { success: false, error: { code: "CONFLICT" } } });
  const changed = await rest.call("PATCH", path, { actions: [addTag], enabled: true }, bearer);
  expect(ruleAnswer.parse(changed.said).data).toMatchObject({
    enabled: true,
    version: 2,
    obstacle: null,
    lastTest: { version: 2, matched: expect.any(Number) },
  });
  expect((await rest.get("/v1/automation/rules?enabled=true&pageSize=1", bearer)).said).toMatchObject({
    success: true,
    data: [{ id: rule.id }],
    pagination: { page: 1, pageSize: 1, totalItems: 1 },
  });
  expect((await rest.get(path, bearer)).said).toMatchObject({ data: { name: "Seed" } });
  const conditions = [{ field: "severity", operator: "equals", value: "P0" }];
  await rest.call("PATCH", path, { conditions, enabled: false }, bearer);
  const sampled = await rest.post(`${path}/test`, { sample: { severity: "P0" } }, bearer);
  expect(sampled.said).toMatchObject({
    data: { sample: { wouldFire: true, actions: ["add_tags"] }, history: null },
  });
  const unknown = await rest.post(`${path}/test`, { sample: { mood: "P0" } }, bearer);
  expect(unknown).toMatchObject({
    status: 400,
    said: { error: { code: "VALIDATION_ERROR", details: [{ path: "sample.mood" }] } },
  });
  const bad = await rest.post(
    "/v1/automation/rules",
    { ...text, conditions: [{ field: "mood", operator: "equals", value: 1 }] },
    bearer,
  );
  expect(bad).toMatchObject({ status: 400, said: { error: { details: [{ path: "conditions.0.field" }] } } });
  expect((await rest.call("DELETE", path, undefined, bearer)).said).toMatchObject({
    data: { deleted: true },
  });
  expect((await rest.get(path, bearer)).status).toBe(404);
  expect((await rest.get("/v1/automation/rules")).status).toBe(401);
});
