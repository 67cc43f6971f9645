import { expect, test } from "vitest";
import { faultsIn } from "./check-rule.ts";
import { ruleTextSchema } from "./rule.schema.ts";
import { fillTemplate } from "./template.ts";

const sound = {
  name: "Escalate P0",
  triggerEvent: "message.classified",
  conditions: [
    { field: "severity", operator: "equals", value: "P0" },
    { field: "intent", operator: "in", value: ["bug_technical_defect", "transaction_system_failure"] },
  ],
  actions: [
    { type: "create_resolution", params: { issueType: "technical", owningTeam: "engineering" } },
    { type: "notify_slack", params: { channel: "#incidents", message: "P0: {{conversation.subject}}" } },
  ],
  priority: 10,
};

/** Where a rule is refused, by its schema or by what its trigger knows. */
function placesOf(change: object): string[] {
  const parsed = ruleTextSchema.safeParse({ ...sound, ...change });
  if (!parsed.success) return parsed.error.issues.map(({ path }) => path.join("."));
  return faultsIn(parsed.data).map(({ path }) => path);
}
const on = (field: string, operator: string, value?: unknown) => ({
  conditions: [value === undefined ? { field, operator } : { field, operator, value }],
});
const note = (text: string) => ({ actions: [{ type: "add_note", params: { text } }] });

test.each<[title: string, change: object, places: string[]]>([
  ["seed 004's own example", {}, []],
  ["no condition", { conditions: [] }, []],
  ["no action", { actions: [] }, ["actions"]],
  ["10 actions", { actions: Array(10).fill(sound.actions[0]) }, []],
  ["11 actions", { actions: Array(11).fill(sound.actions[0]) }, ["actions"]],
  ["21 conditions", { conditions: Array(21).fill(sound.conditions[0]) }, ["conditions"]],
  ["a name of 100", { name: "x".repeat(100) }, []],
  ["a name of 101", { name: "x".repeat(101) }, ["name"]],
  ["no name", { name: " " }, ["name"]],
  ["priority 1000", { priority: 1_000 }, []],
  ["priority 1001", { priority: 1_001 }, ["priority"]],
  ["an unknown trigger", { triggerEvent: "moon.rose" }, ["triggerEvent"]],
  ["an unknown field", on("mood", "equals", "x"), ["conditions.0.field"]],
  ["a field of another trigger", on("wanted", "equals", true), ["conditions.0.field"]],
  ["an unknown operator", on("intent", "matches", ".*"), ["conditions.0"]],
  ["an operator of another kind", on("severity", "greater_than", "P1"), ["conditions.0.operator"]],
  ["a value that is no choice", on("severity", "equals", "P7"), ["conditions.0.value"]],
  ["a list for one value", on("severity", "equals", ["P0"]), ["conditions.0.value"]],
  ["one value for a list", on("severity", "in", "P0"), ["conditions.0.value"]],
  ["an empty list", on("severity", "in", []), ["conditions.0.value"]],
  ["51 values", on("intent", "in", Array(51).fill("x")), ["conditions.0"]],
  ["a text for a number", on("messageCount", "greater_than", "3"), ["conditions.0.value"]],
  ["a text for yes or no", on("slaBreached", "equals", "true"), ["conditions.0.value"]],
  ["a value where none belongs", on("intent", "is_empty", "x"), ["conditions.0.value"]],
  ["no value where one belongs", on("intent", "equals"), ["conditions.0.value"]],
  [
    "a fault within a group",
    { conditions: [{ any: [sound.conditions[0], { field: "mood", operator: "is_empty" }] }] },
    ["conditions.0.any.1.field"],
  ],
  ["an empty group", { conditions: [{ any: [] }] }, ["conditions.0.any"]],
  ["a known name", note("{{ message.text }} of {{customer.name}}"), []],
  ["an unknown name", note("{{conversation.password}}"), ["actions.0.params.text"]],
  ["a name without its prefix", note("{{subject}}"), ["actions.0.params.text"]],
  ["an unknown action", { actions: [{ type: "explode", params: {} }] }, ["actions.0.type"]],
  [
    "a parameter too many",
    { actions: [{ type: "snooze", params: { minutes: 1, x: 1 } }] },
    ["actions.0.params"],
  ],
  [
    "a nap of 0 minutes",
    { actions: [{ type: "snooze", params: { minutes: 0 } }] },
    ["actions.0.params.minutes"],
  ],
])("%s", (_title, change, places) => {
  expect(placesOf(change)).toEqual(places);
});

test("values come in as one line of plain text that names nothing", () => {
  const facts = {
    subject: "{{customer.email}}\n\n# Free\u202e money ",
    "customer.email": "a@b.test",
    tags: ["a", "b"],
  };
  expect(
    fillTemplate(
      "About {{conversation.subject}}: {{conversation.tags}}{{conversation.intent}}.",
      "conversation.opened",
      facts,
    ),
  ).toBe("About {{customer.email}} # Free money: a, b.");
});
