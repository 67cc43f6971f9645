import { type Capability, managers, supporters } from "./capability.ts";

/** A rule, switched off: it would act on everything else that is furnished. */
export const automation: Capability = {
  async furnish({ owner, word, id }) {
    const rule = await owner.trpc.automation.create.mutate({
      name: `Rule ${word}`,
      triggerEvent: "message.added",
      conditions: [{ field: "message.text", operator: "contains", value: word }],
      actions: [
        { type: "add_note", params: { text: `Look at ${word}.` } },
        { type: "assign_team", params: { teamId: id("team") } },
      ],
    });
    return { rule: rule.id };
  },
  async remove({ owner, id }) {
    await owner.trpc.automation.delete.mutate({ ruleId: id("rule") });
  },
  ids: {
    ruleId: "rule",
    "automation.actions[].params.agentId": "colleague",
    "POST /v1/automation/rules.actions[].params.agentId": "colleague",
    "PATCH /v1/automation/rules/{id}.actions[].params.agentId": "colleague",
    "GET /v1/automation/rules/{id}.id": "rule",
    "PATCH /v1/automation/rules/{id}.id": "rule",
    "DELETE /v1/automation/rules/{id}.id": "rule",
    "POST /v1/automation/rules/{id}/test.id": "rule",
  },
  callers: {
    "automation.*": managers,
    "automation.firingsOf": supporters,
    "GET /v1/automation/rules": managers,
    "GET /v1/automation/rules/{id}": managers,
    "POST /v1/automation/rules": managers,
    "PATCH /v1/automation/rules/{id}": managers,
    "DELETE /v1/automation/rules/{id}": managers,
    "POST /v1/automation/rules/{id}/test": managers,
  },
};
