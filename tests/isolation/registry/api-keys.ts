import { type Capability, managers } from "./capability.ts";

export const apiKeys: Capability = {
  async furnish({ owner, word }) {
    return { apiKey: (await owner.trpc.apiKeys.create.mutate({ name: `Site ${word}` })).id };
  },
  kept: ["apiKey"], // a revoked key stays on the list
  ids: { "apiKeys.id": "apiKey" },
  callers: { "apiKeys.*": managers },
};
