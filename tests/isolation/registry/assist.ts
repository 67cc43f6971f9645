import { eventually } from "../../harness/eventually.ts";
import { andKeys, type Capability, managers, supporters } from "./capability.ts";
import { patience } from "./patience.ts";

/** An example of a label, once it is learnt, and the brief of the handoff that a visitor asked for. */
export const assist: Capability = {
  async furnish({ owner, word, id }) {
    const example = await owner.trpc.assist.labels.add.mutate({
      kind: "intent",
      label: "opening hours",
      text: `When does the ${word} shop open?`,
    });
    await eventually(async () => {
      const { training } = await owner.trpc.assist.labels.list.query({ kind: "intent" });
      if (training.state !== "trained") throw new Error(`The labels are ${training.state}.`);
      const conversationId = id("visitorConversation");
      if (!(await owner.trpc.assist.brief.query({ conversationId }))) throw new Error("There is no brief.");
    }, patience);
    return { labelExample: example.id };
  },
  async remove({ owner, id }) {
    await owner.trpc.assist.labels.delete.mutate({ exampleId: id("labelExample") });
  },
  ids: { exampleId: "labelExample" },
  callers: {
    "assist.*": supporters,
    "assist.labels.*": managers,
    "assist.labels.list": supporters,
    "assist.labels.onChange": supporters,
    "POST /v1/ai/classify": andKeys(supporters),
    "POST /v1/ai/suggest-response": andKeys(supporters),
    "POST /v1/ai/generate-summary": andKeys(supporters),
    "POST /v1/ai/generate-handoff": andKeys(supporters),
  },
};
