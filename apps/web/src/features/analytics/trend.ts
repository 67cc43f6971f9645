import type { Figures } from "./range.ts";

type Entry = Figures["queryTrend"][number];

export const metrics = ["queries", "time", "feedback", "cost"] as const;
export type Metric = (typeof metrics)[number];

export interface Point {
  date: string;
  /** Null: nothing was measured that day, and the line has a gap. */
  value: number | null;
  /** Of the questions, those that got no answer; they stand on top of the others. */
  unanswered: number;
}

/** What a chart of one figure draws, day by day. */
export function pointsOf(trend: readonly Entry[], metric: Metric): Point[] {
  return trend.map((entry) => ({ date: entry.date, ...measured(entry, metric) }));
}

function measured(entry: Entry, metric: Metric): Omit<Point, "date"> {
  switch (metric) {
    case "queries":
      return { value: entry.queryCount - entry.unanswered, unanswered: entry.unanswered };
    case "time":
      return { value: entry.avgResponseTimeMs ?? null, unanswered: 0 };
    case "feedback":
      return { value: entry.positiveFeedbackRate ?? null, unanswered: 0 };
    case "cost":
      return { value: entry.cost, unanswered: 0 };
  }
}
