import { eventually } from "../../harness/eventually.ts";
import { andKeys, type Capability, editors, supporters } from "./capability.ts";
import { patience } from "./patience.ts";

/** The contradiction of the bot's two documents, once it is listed. */
export const quality: Capability = {
  async furnish({ owner, word, id }) {
    const { qualityAssurance, crag } = owner.trpc;
    await qualityAssurance.review.mutate({ answerId: id("answer"), verdict: "correct", note: word });
    await crag.evaluate.mutate({ botId: id("bot"), question: `When does the ${word} shop open?` });
    const contradiction = await eventually(async () => {
      const [first] = (await qualityAssurance.contradictions.query({})).items;
      if (!first) throw new Error("No contradiction is listed.");
      return first.id;
    }, patience);
    return { contradiction };
  },
  ids: { contradictionId: "contradiction" },
  needed: {
    "crag.evaluate": ["botId"],
    "crag.refineQuery": ["botId"],
    "qualityAssurance.check": ["answerId"],
  },
  callers: {
    "qualityAssurance.*": andKeys(supporters),
    "qualityAssurance.dismissContradiction": andKeys(editors),
    "analytics.*": andKeys(supporters),
    "crag.*": andKeys(supporters),
    "crag.evaluate": andKeys(editors),
    "crag.refineQuery": andKeys(editors),
  },
};
