import { vi } from "vitest";
import { type Capability, editors, supporters } from "./capability.ts";
import { patience } from "./patience.ts";

/** The contradiction of the bot's two documents, once it is listed. */
export const quality: Capability = {
  async furnish({ owner }) {
    const contradiction = await vi.waitFor(async () => {
      const [first] = (await owner.trpc.qualityAssurance.contradictions.query({})).items;
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
    "qualityAssurance.*": supporters,
    "qualityAssurance.dismissContradiction": editors,
    "analytics.*": supporters,
    "crag.*": supporters,
    "crag.evaluate": editors,
    "crag.refineQuery": editors,
  },
};
