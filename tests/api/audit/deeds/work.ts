import { newId } from "../../../../apps/server/src/platform/ids/index.ts";
import { askBot, memberChat } from "../../../harness/chat.ts";
import { eventually } from "../../../harness/eventually.ts";
import { patience } from "../../../isolation/registry/patience.ts";
import type { Deeds, World } from "../deed.ts";

async function chat({ server, owner, id }: World, text: string): Promise<string> {
  const { conversationId } = (await askBot(server, memberChat(owner, id("bot")), text)).metadata ?? {};
  if (!conversationId) throw new Error("The answer says too little of itself.");
  return conversationId;
}

/** A chat that asked for a person; whoever owns the tenant has it where `taken`. */
export async function waitingChat(world: World, taken: boolean): Promise<string> {
  const { owner } = world;
  const conversationId = await chat(world, "I want to talk to a human, please.");
  if (taken) await owner.trpc.conversations.takeOver.mutate({ id: conversationId });
  return conversationId;
}

async function programsAnswer({ server, program, id }: World): Promise<string> {
  const response = await fetch(`${server.url}/openai/v1/chat/completions`, {
    method: "POST",
    headers: { ...program.headers, "content-type": "application/json" },
    body: JSON.stringify({
      model: id("bot"),
      messages: [{ role: "user", content: "When does the shop open?" }],
    }),
  });
  const answerId = /"answerId":"([^"]+)"/.exec(await response.text())?.[1];
  if (!answerId) throw new Error("The completion names no answer.");
  return answerId;
}

/** The problem that a question makes which nothing answers. */
async function problem(world: World, question: string): Promise<string> {
  await chat(world, question);
  return eventually(async () => {
    const { items } = await world.owner.trpc.problems.list.query({ botId: world.id("bot") });
    const found = items.find((item) => item.question === question);
    if (!found) throw new Error(`No problem is made of ${question}`);
    return found.id;
  }, patience);
}

async function article({ owner, id }: World) {
  const made = await owner.trpc.problemArticles.create.mutate({
    problemId: id("problem"),
    content: `Io has volcanoes, says ${newId()}.`,
  });
  return made.id;
}

const addedCase = async ({ owner, id }: World) =>
  (await owner.trpc.evaluations.cases.create.mutate({ botId: id("bot"), question: `When, ${newId()}?` })).id;

/** What comes of answers: conversations, reviews, problems, evaluations. */
export const work: Deeds = {
  "conversations.takeOver": async (world) => ({ input: { id: await waitingChat(world, false) } }),
  "conversations.handBack": async (world) => ({ input: { id: await waitingChat(world, true) } }),
  "conversations.resolve": async (world) => ({ input: { id: await waitingChat(world, true) } }),
  "conversations.reopen": async (world) => {
    const id = await waitingChat(world, true);
    await world.owner.trpc.conversations.resolve.mutate({ id });
    return { input: { id } };
  },
  "qa.updateSettings": ({ id }) => ({ input: { botId: id("bot") } }),
  "ragQuery.submitFeedback": ({ id }) => ({ input: { queryLogId: id("answer"), rating: "THUMBS_UP" } }),
  "qa.provideFeedback": ({ id }) => ({ input: { interactionId: id("interaction"), rating: 5 } }),
  "qualityAssurance.review": ({ id }) => ({ input: { answerId: id("answer"), verdict: "correct" } }),
  "qualityAssurance.dismissContradiction": ({ id }) => ({ input: { contradictionId: id("contradiction") } }),

  "POST /api/chat/{sessionId}/feedback": ({ id }) => ({
    params: { sessionId: id("conversation") },
    input: { answerId: id("answer"), rating: "down" },
  }),
  "POST /openai/v1/answers/{answerId}/rating": async (world) => ({
    params: { answerId: await programsAnswer(world) },
    input: { rating: "up" },
    as: world.program,
  }),
  "POST /api/chat/{sessionId}/handoff": async (world) => ({
    params: { sessionId: await chat(world, "When does the shop open?") },
    input: { reason: "I would rather speak with somebody" },
  }),

  "problems.updateStatus": ({ id }) => ({ input: { id: id("problem"), status: "in_progress" } }),
  "problems.merge": async (world) => {
    const [id, intoId] = [await problem(world, "Do dragons pay taxes?"), world.id("problem")];
    return { input: { id, intoId } };
  },
  "problems.split": async (world) => {
    const [id, intoId] = [await problem(world, "Which paint suits submarines?"), world.id("problem")];
    const { owner } = world;
    const { questions } = await owner.trpc.problems.get.query({ id });
    await owner.trpc.problems.merge.mutate({ id, intoId });
    return { input: { id: intoId, questionIds: [questions[0]?.id] } };
  },
  "problems.retest": ({ id }) => ({ input: { id: id("problem") } }),
  "problems.recluster": ({ id }) => ({ input: { botId: id("bot") } }),
  "problemArticles.create": ({ id }) => ({ input: { problemId: id("problem"), content: "Io has many." } }),
  "problemArticles.update": async (world) => ({ input: { id: await article(world), content: "More." } }),
  "problemArticles.approve": async (world) => ({ input: { id: await article(world) } }),
  "problemArticles.reject": async (world) => ({ input: { id: await article(world) } }),

  "evaluations.cases.create": ({ id }) => ({ input: { botId: id("bot"), question: "When do you close?" } }),
  "evaluations.cases.update": ({ id }) => ({ input: { caseId: id("evaluationCase"), isEnabled: false } }),
  "evaluations.cases.delete": async (world) => ({ input: { caseId: await addedCase(world) } }),
  "evaluations.cases.import": ({ id }) => ({
    input: { botId: id("bot"), csv: "question\nWhere is the shop?\n" },
  }),
  "evaluations.cases.make": ({ id }) => ({
    input: { botId: id("bot"), from: "document", documentId: id("document") },
  }),
  "evaluations.runs.start": async (world) => ({
    input: { botId: world.id("bot"), caseIds: [await addedCase(world)] },
  }),
  "evaluations.replay.start": ({ id }) => ({ input: { conversationId: id("conversation") } }),
  "POST /api/evaluations/runs": async (world) => ({
    input: { bot: world.id("bot"), caseIds: [await addedCase(world)] },
    as: world.program,
  }),
};
