import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { refusalText } from "../../../../../tests/harness/scenarios.ts";
import { newId } from "../../platform/ids/index.ts";
import { updateConversation } from "../conversations/index.ts";
import type { Happening } from "./automation.jobs.ts";
import type { Action } from "./rules/rule.schema.ts";
import { createRule } from "./service/manage-rules.ts";
import { longestChain, mostPerHour, runRules } from "./service/run-rules.ts";
import { type RuleWorld, ruleText, startRuleWorld, switchedOn } from "./testing/rule-world.ts";

let world: RuleWorld;
beforeAll(async () => {
  world = await startRuleWorld();
});
afterAll(() => world.server.close());
afterEach(() => world.clear());

const has = (value: string) => ({ field: "message.text", operator: "contains" as const, value });
const tag = (name: string): Action => ({ type: "add_tags", params: { tags: [name] } });
const note = (text: string): Action => ({ type: "add_note", params: { text } });

test("a rule acts on what it waits for, and each act is explained on the conversation", async () => {
  const { ada } = world;
  const team = await ada.trpc.teams.create.mutate({ name: `Money ${newId()}` });
  const ruleId = await switchedOn(
    ada,
    ruleText(
      "message.added",
      [has("refund"), { field: "message.author", operator: "equals", value: "customer" }],
      [
        { type: "set_severity", params: { severity: "P1" } },
        tag("money"),
        { type: "remove_tags", params: { tags: ["calm"] } },
        { type: "assign_team", params: { teamId: team.id } },
        { type: "escalate", params: { reason: "Wants {{message.text}}" } },
        { type: "create_resolution", params: { issueType: "billing", owningTeam: "Money" } },
        note("They said: {{message.text}}"),
        { type: "notify_agents", params: { message: "See {{conversation.subject}}" } },
        { type: "send_message", params: { text: "We look at “{{conversation.subject}}”." } },
        { type: "snooze", params: { minutes: 30 } },
      ],
    ),
  );
  const { conversationId, visitor } = await world.said("I want a refund");
  const { conversationId: other } = await world.said("Good morning");
  await world.settled();

  const { items } = await ada.trpc.automation.firingsOf.query({ conversationId });
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({
    rule: { id: ruleId, version: 1 },
    outcome: "done",
    chain: [],
    conditions: [
      { field: "message.text", seen: "I want a refund", held: true },
      { field: "message.author", seen: "customer", held: true },
    ],
  });
  expect(items[0]?.actions.filter(({ done }) => !done)).toEqual([]);
  expect(await world.firings(other)).toEqual([]);
  const { rows } = await world.server.services.db
    .system()
    .execute<{ text: string; internal: boolean }>(
      sql`select text, internal from messages where conversation_id = ${conversationId} and author = 'system' order by sequence`,
    );
  expect(rows).toContainEqual({ text: "They said: I want a refund", internal: true });
  expect(rows).toContainEqual({ text: "See I want a refund", internal: true });
  expect(rows).toContainEqual({ text: "We look at “I want a refund”.", internal: false });
  const state = await world.server.services.db
    .system()
    .execute(
      sql`select severity, tags, status, team_id as team from conversations where id = ${conversationId}`,
    );
  expect(state.rows).toEqual([{ severity: "P1", tags: ["money"], status: "escalated", team: team.id }]);
  expect(visitor.tenantId).toBe(ada.tenantId);
});

test("an action that is refused is shown, and the other actions and rules go on", async () => {
  const close: Action = { type: "set_status", params: { status: "closed" } };
  await switchedOn(world.ada, ruleText("message.added", [has("help")], [close, tag("after")], "First"));
  await switchedOn(world.ada, ruleText("message.added", [has("help")], [tag("second")], "Second"));
  const { conversationId } = await world.said("help me");
  await world.settled();
  expect(await world.firings(conversationId)).toMatchObject([
    {
      ruleName: "First",
      outcome: "failed",
      actions: [{ done: false, said: expect.stringContaining("cannot become closed") }, { done: true }],
    },
    { ruleName: "Second", outcome: "done" },
  ]);
});

test("rules run by priority, the greatest first, and see what those before them did", async () => {
  const late = ruleText(
    "message.added",
    [{ field: "tags", operator: "contains", value: "early" }],
    [tag("late")],
    "Late",
  );
  await switchedOn(world.ada, late);
  await switchedOn(world.ada, { ...ruleText("message.added", [], [tag("early")], "Early"), priority: 5 });
  const { conversationId } = await world.said("hello");
  await world.settled();
  expect((await world.firings(conversationId)).map(({ ruleName }) => ruleName)).toEqual(["Early", "Late"]);
});

test("a job that runs twice acts once, also when it broke off between two rules", async () => {
  const { ada, system } = world;
  const { conversationId } = await world.said("hello");
  await world.settled();
  await switchedOn(ada, { ...ruleText("conversation.updated", [], [note("one")], "One"), priority: 2 });
  await switchedOn(ada, ruleText("conversation.updated", [], [note("two")], "Two"));
  const event: Happening = {
    eventId: newId(),
    trigger: "conversation.updated",
    conversationId,
    messageId: null,
    rules: [],
    facts: { changed: ["tags"] },
  };
  // the process dies once the first rule is done: the second one's transaction never opens
  let opened = 0;
  const withTenant: typeof system.db.withTenant = (tenantId, work) => {
    opened += 1;
    if (opened > 2) throw new Error("The process died.");
    return system.db.withTenant(tenantId, work);
  };
  const dying = { ...system, db: { ...system.db, withTenant } };
  await expect(runRules(dying, event, { lastTry: false })).rejects.toThrow("died");
  expect((await world.firings(conversationId)).map(({ ruleName }) => ruleName)).toEqual(["One"]);
  await Promise.all([
    runRules(system, event, { lastTry: false }),
    runRules(system, event, { lastTry: false }),
  ]);
  expect((await world.firings(conversationId)).map(({ ruleName }) => ruleName)).toEqual(["One", "Two"]);
  const { rows } = await world.server.services.db
    .system()
    .execute(
      sql`select text from messages where conversation_id = ${conversationId} and internal order by sequence`,
    );
  expect(rows).toEqual([{ text: "one" }, { text: "two" }]);
});

test("a rule is never led to by itself, and a chain ends", async () => {
  for (let step = 0; step < 7; step++) {
    await switchedOn(world.ada, ruleText("message.added", [has(`step ${step}`)], [note(`step ${step + 1}`)]));
  }
  await switchedOn(world.ada, ruleText("message.added", [has("again")], [note("again")]));
  const { conversationId } = await world.said("step 0", "again");
  await world.settled();
  const firings = await world.firings(conversationId);
  const did = (outcome: string) =>
    firings.filter((firing) => firing.outcome === outcome).map(({ chain }) => chain.length);
  expect(did("done").sort()).toEqual([0, 0, 1, 2, 3, 4]);
  expect(did("too_deep")).toEqual([longestChain]);
  expect(did("own_consequence")).toEqual([1]);
  expect(firings.filter(({ outcome }) => outcome !== "done").flatMap(({ actions }) => actions)).toEqual([]);
});

test("a rule that a machine keeps awake acts so often in an hour and no more, and says so once", async () => {
  await switchedOn(world.ada, ruleText("message.added", [has("ping")], [tag("seen")], "Echo"));
  const { conversationId } = await world.said(...Array.from({ length: mostPerHour + 5 }, () => "ping"));
  await world.settled();
  const outcomes = (await world.firings(conversationId)).map(({ outcome }) => outcome);
  expect(outcomes).toEqual([...Array(mostPerHour).fill("done"), "too_often"]);
});

test("whatever the rules are, they come to rest, and none stands twice in a chain", async () => {
  const action = fc.oneof(
    fc.constantFrom("a", "b", "c").map(tag),
    fc.constantFrom("a", "b", "c").map((name): Action => ({ type: "remove_tags", params: { tags: [name] } })),
    fc
      .constantFrom("P0" as const, "P3" as const)
      .map((severity): Action => ({ type: "set_severity", params: { severity } })),
    fc
      .constantFrom("resolved" as const, "awaiting_agent" as const)
      .map((status): Action => ({ type: "set_status", params: { status } })),
    fc.constant(note("n")),
    fc.constant<Action>({ type: "escalate", params: { reason: "r" } }),
    fc.constant<Action>({ type: "send_message", params: { text: "m" } }),
  );
  const trigger = fc.constantFrom(
    "message.added" as const,
    "conversation.updated" as const,
    "conversation.moved" as const,
    "human.requested" as const,
  );
  const rules = fc.array(fc.tuple(trigger, fc.array(action, { minLength: 1, maxLength: 2 })), {
    minLength: 2,
    maxLength: 5,
  });
  await fc.assert(
    fc.asyncProperty(rules, async (texts) => {
      await world.clear();
      for (const [triggerEvent, actions] of texts) {
        await createRule(world.system, { ...ruleText(triggerEvent, [], actions), enabled: true });
      }
      const { conversationId } = await world.said("hello");
      await world.settled();
      for (const { ruleId, outcome, chain } of await world.firings(conversationId)) {
        expect(new Set(chain).size).toBe(chain.length);
        expect(chain.length).toBeLessThanOrEqual(longestChain);
        expect(chain.includes(ruleId)).toBe(outcome === "own_consequence");
      }
    }),
    { numRuns: 3 },
  );
}, 90_000);

test("a dry run says on what a rule would have acted, and changes nothing", async () => {
  const { ada, server } = world;
  const { conversationId } = await world.said("Where is my parcel zq17?", "Still waiting for zq17");
  await world.said("Good morning");
  await world.settled();
  const rule = await ada.trpc.automation.create.mutate(
    ruleText("message.added", [has("zq17")], [tag("parcel"), note("n")]),
  );
  const digest = async () => {
    const tables = ["conversations", "messages", "conversation_events", "escalations", "automation_firings"];
    const parts = tables.map((name) => sql.raw(`select t::text as line from ${name} t`));
    const { rows } = await server.services.db
      .system()
      .execute(
        sql`select md5(string_agg(line, '|' order by line)) as hash from (${sql.join(parts, sql` union all `)}) as all_rows`,
      );
    return rows;
  };
  const before = await digest();
  const { history, sample } = await ada.trpc.automation.test.mutate({ ruleId: rule.id, pageSize: 1 });
  expect(await digest()).toEqual(before);
  expect(sample).toBeNull();
  expect(history).toMatchObject({
    matched: 2,
    truncated: false,
    matches: [{ conversationId, conditions: [{ seen: "Still waiting for zq17", held: true }] }],
  });
  const second = await ada.trpc.automation.test.mutate({ ruleId: rule.id, page: 2, pageSize: 1 });
  expect(second.history?.matches).toMatchObject([{ conditions: [{ seen: "Where is my parcel zq17?" }] }]);
  const { lastTest } = await ada.trpc.automation.get.query({ ruleId: rule.id });
  expect(lastTest).toMatchObject({ version: 1, matched: 2, scanned: history?.scanned });
});

test.each([
  ["conversation.opened", []],
  ["conversation.moved", [{ field: "to", operator: "equals", value: "ai_handling" }]],
  ["conversation.updated", [{ field: "changed", operator: "contains", value: "tags" }]],
  ["human.requested", [{ field: "reason", operator: "contains", value: "Escalated" }]],
  ["conversation.assigned", []],
  ["message.classified", []],
  ["sla.warning", []],
  ["sla.breached", []],
] as const)("%s has a past that can be asked", async (triggerEvent, conditions) => {
  const { conversationId } = await world.said("hello");
  await updateConversation(world.system, { conversationId, tags: ["x"] });
  await updateConversation(world.system, { conversationId, status: "escalated" });
  const rule = await world.ada.trpc.automation.create.mutate(
    ruleText(
      triggerEvent,
      conditions.map((one) => ({ ...one })),
      [tag("t")],
    ),
  );
  const { history } = await world.ada.trpc.automation.test.mutate({ ruleId: rule.id });
  const heard = triggerEvent.startsWith("sla") || triggerEvent === "conversation.assigned" ? 0 : 1;
  expect(history?.scanned).toBeGreaterThanOrEqual(triggerEvent === "message.classified" ? 0 : heard);
  if (conditions.length > 0) expect(history?.matched).toBeGreaterThan(0);
});

test("a rule is on only after a dry run of what it says now", async () => {
  const { automation } = world.ada.trpc;
  const { id: ruleId } = await automation.create.mutate(ruleText("message.added", [], [tag("x")]));
  const switchOn = () => automation.update.mutate({ ruleId, enabled: true });
  expect(await refusalText(switchOn())).toContain("Test it on the last 30 days first");
  await automation.test.mutate({ ruleId });
  expect(await switchOn()).toMatchObject({ enabled: true, version: 1, obstacle: null });
  expect(await automation.update.mutate({ ruleId, name: "Renamed" })).toMatchObject({
    enabled: true,
    version: 2,
  });
  const changed = await automation.update.mutate({ ruleId, actions: [tag("y")] });
  expect(changed).toMatchObject({ enabled: false, version: 3, obstacle: "dry_run" });
  expect(await refusalText(automation.update.mutate({ ruleId, version: 2, name: "Late" }))).toContain(
    "newest is 3",
  );
  const { items } = await automation.versions.query({ ruleId });
  expect(items.map(({ version, name }) => [version, name])).toEqual([
    [3, "Renamed"],
    [2, "Renamed"],
    [1, "Rule"],
  ]);
  const slack = { type: "notify_slack" as const, params: { channel: "#a", message: "m" } };
  await automation.update.mutate({ ruleId, actions: [slack] });
  await automation.test.mutate({ ruleId });
  expect(await refusalText(switchOn())).toContain("Slack is not connected");
});
