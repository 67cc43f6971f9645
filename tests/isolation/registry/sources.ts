import { eventually } from "../../harness/eventually.ts";
import type { Capability } from "./capability.ts";
import { patience } from "./patience.ts";

/** A web page that is not there, once that was found out: nothing of it moves any more. */
export const sources: Capability = {
  async furnish({ owner, site, word, id }) {
    const botId = id("bot");
    const url = `${site.url}/${word}`;
    const source = await owner.trpc.botSource.add.mutate({ botId, kind: "page", url });
    await eventually(async () => {
      const [now] = await owner.trpc.botSource.listByBotId.query({ botId });
      if (now?.status !== "FAILED") throw new Error(`The source is ${now?.status}.`);
    }, patience);
    return { source: source.id };
  },
  ids: { sourceId: "source" },
};
