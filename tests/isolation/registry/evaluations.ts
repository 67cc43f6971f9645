import { eventually } from "../../harness/eventually.ts";
import { type Capability, managers, programs, supporters } from "./capability.ts";
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
      await eventually(async () => {
        const { finishedAt } = await evaluations.runs.get.query({ runId });
        if (finishedAt === null) throw new Error("The run has not ended.");
      }, patience);
    }
    return { evaluationCase, evaluationRun, replay };
  },
  ids: {
    caseId: "evaluationCase",
    "POST /api/evaluations/runs.bot": "bot",
    itemId: "evaluationCase",
    runId: "evaluationRun",
    baseRunId: "evaluationRun",
    "evaluations.replay.get.runId": "replay",
  },
  callers: {
    "evaluations.*": managers,
    "evaluations.cases.list": supporters,
    "evaluations.cases.get": supporters,
    "evaluations.runs.list": supporters,
    "evaluations.runs.get": supporters,
    "evaluations.runs.results": supporters,
    "evaluations.runs.result": supporters,
    "evaluations.runs.compare": supporters,
    "evaluations.runs.changes": supporters,
    "evaluations.replay.get": supporters,
    "evaluations.replay.list": supporters,
    "POST /api/evaluations/runs": programs,
    "GET /api/evaluations/runs": programs,
    "GET /api/evaluations/runs/{runId}": programs,
    "GET /api/evaluations/runs/{runId}/results": programs,
    "GET /api/evaluations/runs/{runId}/comparison": programs,
    "POST /api/evaluations/runs/{runId}/cancellation": programs,
  },
};
