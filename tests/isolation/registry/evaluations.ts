import { vi } from "vitest";
import type { Capability } from "./capability.ts";
import { patience } from "./patience.ts";

/** A case with a run of it, and a replay, once both have ended. */
export const evaluations: Capability = {
  async furnish({ owner, word, id }) {
    const botId = id("bot");
    const { evaluations } = owner.trpc;
    const question = `When does the ${word} shop open?`;
    const { id: evaluationCase } = await evaluations.cases.create.mutate({ botId, question });
    const { id: evaluationRun } = await evaluations.runs.start.mutate({ botId });
    const { id: replay } = await evaluations.replay.start.mutate({ conversationId: id("conversation") });
    for (const runId of [evaluationRun, replay]) {
      await vi.waitFor(async () => {
        const { finishedAt } = await evaluations.runs.get.query({ runId });
        if (finishedAt === null) throw new Error("The run has not ended.");
      }, patience);
    }
    return { evaluationCase, evaluationRun, replay };
  },
  ids: {
    caseId: "evaluationCase",
    itemId: "evaluationCase",
    runId: "evaluationRun",
    baseRunId: "evaluationRun",
    "evaluations.replay.get.runId": "replay",
  },
};
