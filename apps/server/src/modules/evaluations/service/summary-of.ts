import type { ResultRow } from "../evaluations.queries.ts";
import type { RunSummary } from "../evaluations.types.ts";
import { deedOf } from "../scoring/score-answer.ts";
import { summarize } from "../scoring/summary.ts";

/** What the questions came to that were answered. */
export function summaryOf(rows: readonly ResultRow[]): RunSummary {
  return summarize(
    rows.flatMap(({ content, passed, reason, scores, answer, latencyMs, cost }) => {
      if (passed === null || reason === null || scores === null) return [];
      return [
        {
          expects: content.expects,
          deed: answer && deedOf(answer),
          passed,
          reason,
          scores,
          latencyMs,
          cost,
          isFallback: answer?.fallbackReason != null,
        },
      ];
    }),
  );
}
