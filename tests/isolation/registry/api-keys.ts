import { type Capability, managers } from "./capability.ts";

export const apiKeys: Capability = {
  async furnish({ owner, word }) {
    return { apiKey: (await owner.trpc.apiKeys.create.mutate({ name: `Site ${word}` })).id };
  },
  remove: ({ owner, id }) => owner.trpc.apiKeys.revoke.mutate({ id: id("apiKey") }),
  ids: { "apiKeys.id": "apiKey" },
  callers: { "apiKeys.*": managers },
};
