import { type Capability, managers, members } from "./capability.ts";

/** Models, money and plans of a tenant. */
export const workspace: Capability = {
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
