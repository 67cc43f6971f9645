/** How a figure compares with the period before; null where one of both is missing or there is nothing to compare. */
export type Change = { kind: "ratio" | "points"; by: number } | null;

/** By how large a share of what it was a number has changed; null if it was nothing. */
export function ratioChange(now: number | null, before: number | null): Change {
  if (now === null || before === null || before === 0) return null;
  return { kind: "ratio", by: (now - before) / before };
}

/** By how many points of a hundred a share has changed. */
export function pointChange(now: number | null, before: number | null): Change {
  return now === null || before === null ? null : { kind: "points", by: now - before };
}

export type Better = "more" | "less" | "neither";

/** What a change means; a change too small to be shown means nothing. */
export function toneOf(change: Change, better: Better): "good" | "bad" | "neutral" {
  if (change === null || Math.round(change.by * 100) === 0 || better === "neither") return "neutral";
  return change.by > 0 === (better === "more") ? "good" : "bad";
}

/** The part of a whole; null of nothing. */
export function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
