import type { Inputs, Outputs } from "../../../lib/trpc.ts";

/** What of the review queue stands in the address. */

export const shows = ["unreviewed", "any", "reviewed", "correct", "partly", "wrong"] as const;
export const onlys = ["all", "unsupported", "unsure", "down"] as const;
export const sorts = ["doubtful", "newest"] as const;

export type Show = (typeof shows)[number];
export type Only = (typeof onlys)[number];
export type Sort = (typeof sorts)[number];
export type Reviewable = Outputs["qualityAssurance"]["list"]["items"][number];
export type ReviewVerdict = NonNullable<Reviewable["review"]>["verdict"];
type ListInput = NonNullable<Inputs["qualityAssurance"]["list"]>;

/** Below it an answer is called unsure, as the word beside answers has it. */
const unsureBelow = 0.45;

export interface ReviewChoice {
  show: Show;
  only: Only;
  sort: Sort;
  page: number;
}

export function choiceOf(search: {
  status?: string;
  only?: string;
  sort?: string;
  page?: number;
}): ReviewChoice {
  return {
    show: shows.find((each) => each === search.status) ?? "unreviewed",
    only: onlys.find((each) => each === search.only) ?? "all",
    sort: sorts.find((each) => each === search.sort) ?? "doubtful",
    page: Math.max(1, search.page ?? 1),
  };
}

export function filterOf({ show, only, sort, page }: ReviewChoice): ListInput {
  return {
    page,
    review: show,
    sort,
    ...(only === "unsupported" ? { unsupported: true } : {}),
    ...(only === "unsure" ? { confidenceBelow: unsureBelow } : {}),
    ...(only === "down" ? { rating: "down" as const } : {}),
  };
}
