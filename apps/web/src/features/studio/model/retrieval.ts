import type { Bot } from "../../../lib/models.ts";

type RagConfig = Bot["ragConfig"];

/** What the server accepts, as in seed 001, section 2.5. */
export const ranges: Readonly<Record<keyof RagConfig, { min: number; max: number }>> = {
  chunkSize: { min: 200, max: 2000 },
  overlap: { min: 0, max: 200 },
  topK: { min: 1, max: 10 },
};

export type RetrievalProblem = "range" | "overlap";

/** What stands in the way of saving, by field; an empty record: nothing. */
export function problemsOf(
  draft: Readonly<Record<keyof RagConfig, string>>,
): Partial<Record<keyof RagConfig, RetrievalProblem>> {
  const problems: Partial<Record<keyof RagConfig, RetrievalProblem>> = {};
  for (const field of ["chunkSize", "overlap", "topK"] as const) {
    const value = Number(draft[field]);
    const { min, max } = ranges[field];
    const valid = draft[field].trim() !== "" && Number.isInteger(value) && value >= min && value <= max;
    if (!valid) problems[field] = "range";
  }
  if (!problems.overlap && !problems.chunkSize && Number(draft.overlap) >= Number(draft.chunkSize)) {
    problems.overlap = "overlap";
  }
  return problems;
}
