import type {
  DraftInput,
  EvaluationResult,
  EvaluationRun,
  EvaluationRunDetail,
} from "../../modules/evaluations/index.ts";

export interface Totals {
  cases: number;
  passedBefore: number;
  passedAfter: number;
  regressed: number;
  fixed: number;
  pValue: number;
}

/** What the command line needs of a server, whether that is far away or opened by itself. */
export interface Evaluator {
  start(input: DraftInput & { bot: string; name?: string | undefined }): Promise<EvaluationRun>;
  /** The run once it has ended; tells of its progress meanwhile. */
  wait(runId: string, tell: (run: EvaluationRunDetail) => void): Promise<EvaluationRunDetail>;
  results(runId: string): Promise<EvaluationResult[]>;
  /** The newest whole run of the bot that was completed before this one; null without any. */
  previous(run: EvaluationRun): Promise<string | null>;
  compare(runId: string, baseRunId: string): Promise<Totals>;
  close(): Promise<void>;
}

/** The server or its answer is not as expected; `message` is for the terminal. */
export class EvaluatorFailure extends Error {}

/** Everything of a paged list. */
export async function allPages<Item>(
  page: (number: number) => Promise<{ items: Item[]; totalPages: number }>,
): Promise<Item[]> {
  const all: Item[] = [];
  for (let number = 1; ; number++) {
    const { items, totalPages } = await page(number);
    all.push(...items);
    if (number >= totalPages) return all;
  }
}
