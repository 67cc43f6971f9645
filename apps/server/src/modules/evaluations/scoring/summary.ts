import type { Expectation, Reason, RunSummary, Scores } from "../evaluations.types.ts";
import type { Deed } from "./score-answer.ts";

/** One answered question of a run, as far as figures need it. */
export interface Scored {
  expects: Expectation;
  /** Null where there is no answer because something failed. */
  deed: Deed | null;
  passed: boolean;
  reason: Reason;
  scores: Scores;
  /** Null where there is no answer. */
  latencyMs: number | null;
  cost: number | null;
  isFallback: boolean;
}

/** What a run came to, over the questions that were answered. A share over no question is null, not 0. */
export function summarize(results: readonly Scored[]): RunSummary {
  const ranked = results.filter(({ scores }) => scores.hit !== null);
  const worded = results.filter(({ scores }) => scores.tokenF1 !== null);
  const latencies = results.flatMap(({ latencyMs }) => latencyMs ?? []).sort((a, b) => a - b);
  const faithful = results.flatMap(({ scores }) => scores.faithfulness ?? []);
  const byReason: RunSummary["reasons"] = {};
  for (const { reason } of results) byReason[reason] = (byReason[reason] ?? 0) + 1;
  return {
    cases: results.length,
    passed: results.filter(({ passed }) => passed).length,
    failed: results.filter(({ passed }) => !passed).length,
    retrieval: {
      cases: ranked.length,
      hit: mean(ranked.map(({ scores }) => (scores.hit ? 1 : 0))),
      mrr: mean(ranked.map(({ scores }) => scores.reciprocalRank ?? 0)),
      ndcg: mean(ranked.map(({ scores }) => scores.ndcg ?? 0)),
    },
    faithfulness: { cases: faithful.length, value: mean(faithful) },
    correctness: {
      cases: worded.length,
      correct: mean(worded.map(({ reason }) => (reason === "correct" ? 1 : 0))),
      tokenF1: mean(worded.map(({ scores }) => scores.tokenF1 ?? 0)),
    },
    refusal: (({ count, ...share }) => ({ ...share, refused: count }))(
      sharesOf(results, "abstain", "refused"),
    ),
    handoff: (({ count, ...share }) => ({ ...share, handedOff: count }))(
      sharesOf(results, "handoff", "handed_off"),
    ),
    latency: { p50: quantile(latencies, 0.5), p95: quantile(latencies, 0.95) },
    cost: results.reduce((sum, { cost }) => sum + (cost ?? 0), 0),
    fallbacks: results.filter(({ isFallback }) => isFallback).length,
    reasons: byReason,
  };
}

/** Of those that did it, how many should have; of those that should have, how many did. */
function sharesOf(results: readonly Scored[], wanted: Expectation, deed: Deed) {
  const did = results.filter((result) => result.deed === deed);
  const should = results.filter(({ expects }) => expects === wanted);
  const both = did.filter(({ expects }) => expects === wanted).length;
  return {
    precision: did.length === 0 ? null : both / did.length,
    recall: should.length === 0 ? null : both / should.length,
    expected: should.length,
    count: did.length,
  };
}

function mean(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The nearest rank: a value that was measured. */
function quantile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}
