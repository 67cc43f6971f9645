import type { Deeds, World } from "../deed.ts";

const csat = { name: "How was it?", kind: "csat" as const };
const survey = async ({ owner }: World) => (await owner.trpc.surveys.create.mutate(csat)).id;

/** Surveys. What customers answer is seen by the test of the module. */
export const surveyDeeds: Deeds = {
  "surveys.create": () => ({ input: csat }),
  "surveys.update": async (world) => ({ input: { surveyId: await survey(world), enabled: true } }),
  "surveys.delete": async (world) => ({ input: { surveyId: await survey(world) } }),
  "surveys.createLink": async (world) => ({
    input: { surveyId: await survey(world), conversationId: world.id("visitorConversation") },
  }),
};
