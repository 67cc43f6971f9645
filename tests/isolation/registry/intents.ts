import { eventually } from "../../harness/eventually.ts";
import { type Capability, managers, members } from "./capability.ts";
import { patience } from "./patience.ts";

/** One of two intents, once the bot has learnt them. */
export const intents: Capability = {
  async furnish({ owner, word, id }) {
    const botId = id("bot");
    const teach = (name: string, examples: string[]) =>
      owner.trpc.intents.create.mutate({ botId, name, examples });
    await teach(`Hours ${word}`, ["When do you open?", `Are you open on Sunday, ${word}?`]);
    const intent = await teach(`Refund ${word}`, ["I want my money back", "refund my order"]);
    await eventually(async () => {
      const { training } = await owner.trpc.intents.list.query({ botId });
      if (training.state !== "trained") throw new Error(`The intents are ${training.state}.`);
    }, patience);
    return { intent: intent.id };
  },
  ids: { "intents.id": "intent" },
  callers: {
    "intents.*": managers,
    "intents.list": members,
    "intents.classify": members,
    "intents.onChange": members,
  },
};
