import type { Deeds, World } from "../deed.ts";

const ofConversation = ({ id }: World) => ({ input: { conversationId: id("visitorConversation") } });

/** What helps agents, and what teaches it. */
export const assist: Deeds = {
  "assist.summary": ofConversation,
  "assist.writeBrief": ofConversation,
  "assist.labels.add": () => ({
    input: { kind: "intent", label: "telescope repair", text: "My telescope is cloudy" },
  }),
  "assist.labels.delete": async ({ owner }) => {
    const made = await owner.trpc.assist.labels.add.mutate({
      kind: "severity",
      label: "P1",
      text: "The dome is stuck",
    });
    return { input: { exampleId: made.id } };
  },
  "POST /v1/ai/generate-summary": async (world) => ({
    input: { conversationId: world.id("conversation") },
    as: world.bearer,
  }),
  "POST /v1/ai/generate-handoff": async (world) => ({ ...ofConversation(world), as: world.bearer }),
};
