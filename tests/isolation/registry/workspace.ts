import { type Capability, managers, members } from "./capability.ts";

/** Models, money and plans of a tenant. */
export const workspace: Capability = {
  async furnish({ owner, id }) {
    await owner.trpc.prices.set.mutate({ model: "openai:gpt-4o-mini", input: 1, output: 2 });
    await owner.trpc.budget.set.mutate({ limit: 1_000 });
    await owner.trpc.budget.set.mutate({ botId: id("bot"), limit: 1_000 });
    return {};
  },
  callers: {
    "user.getCurrentPlan": members,
    "user.getUsage": members,
    "user.listLlmApiKeys": members,
    "user.setLlmApiKey": managers,
    "user.testLlmApiKey": managers,
    "user.removeLlmApiKey": managers,
    "budget.*": members,
    "budget.set": managers,
    "prices.list": members,
    "prices.set": managers,
    "prices.reset": managers,
  },
};
