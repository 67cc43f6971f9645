import { askBot, memberChat } from "../../harness/chat.ts";
import { eventually } from "../../harness/eventually.ts";
import { andKeys, type Capability, editors, supporters } from "./capability.ts";
import { patience } from "./patience.ts";

const problemSolvers = [...supporters, "contentEditor"] as const;

/** A problem with a draft, once its bot's questions were grouped. */
export const problems: Capability = {
  async furnish({ server, owner, word, id }) {
    const botId = id("bot");
    await askBot(server, memberChat(owner, botId), `Which moons of Jupiter have volcanoes, ${word}?`);
    const problem = await eventually(async () => {
      const [found] = (await owner.trpc.problems.list.query({ botId })).items;
      if (!found) throw new Error("There is no problem yet.");
      return found.id;
    }, patience);
    const content = `Io has more than four hundred, ${word}.`;
    const { id: article } = await owner.trpc.problemArticles.create.mutate({ problemId: problem, content });
    await owner.trpc.problems.recluster.mutate({ botId });
    await eventually(async () => {
      const { status } = (await owner.trpc.problems.clustering.query({ botId })) ?? {};
      if (status !== "done") throw new Error(`The clustering is ${status}.`);
    }, patience);
    await owner.trpc.problems.retest.mutate({ id: problem });
    const { questions } = await owner.trpc.problems.get.query({ id: problem });
    return { problem, article, problemQuestion: questions[0]?.id ?? "" };
  },
  ids: {
    "problems.id": "problem",
    problemId: "problem",
    intoId: "problem",
    questionIds: "problemQuestion",
    "problemArticles.id": "article",
  },
  callers: {
    "problems.*": andKeys(problemSolvers),
    "problems.changes": problemSolvers,
    "problems.clusteringChanges": problemSolvers,
    "problemArticles.*": andKeys(problemSolvers),
    "problemArticles.approve": andKeys(editors),
  },
};
