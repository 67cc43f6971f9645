import type { Deeds, World } from "../deed.ts";

const text = {
  name: "Mark the angry ones",
  triggerEvent: "message.added" as const,
  conditions: [{ field: "message.text", operator: "contains" as const, value: "refund" }],
  actions: [{ type: "add_tags" as const, params: { tags: ["refund"] } }],
};
const rule = async ({ owner }: World) => (await owner.trpc.automation.create.mutate(text)).id;

/** Rules, and trying them. */
export const automation: Deeds = {
  "automation.create": () => ({ input: text }),
  "automation.update": async (world) => ({ input: { ruleId: await rule(world), priority: 7 } }),
  "automation.delete": async (world) => ({ input: { ruleId: await rule(world) } }),
  "automation.test": async (world) => ({ input: { ruleId: await rule(world) } }),
  "POST /v1/automation/rules": ({ bearer }) => ({ input: { ...text, enabled: true }, as: bearer }),
  "PATCH /v1/automation/rules/{id}": async (world) => ({
    params: { id: await rule(world) },
    input: { enabled: true },
    as: world.bearer,
  }),
  "DELETE /v1/automation/rules/{id}": async (world) => ({
    params: { id: await rule(world) },
    as: world.bearer,
  }),
  "POST /v1/automation/rules/{id}/test": async (world) => ({
    params: { id: await rule(world) },
    input: {},
    as: world.bearer,
  }),
};
