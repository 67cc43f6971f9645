import { useQuery } from "@tanstack/react-query";
import { type Inputs, type Outputs, trpc } from "../../lib/trpc.ts";
import { filterOf, textOf } from "./filter.ts";
import { type View, viewOf } from "./views.ts";

export type SavedView = Outputs["views"]["list"][number];

/** What the URL says of the list. */
export interface Listed {
  view: View;
  filter: string | undefined;
  search: string | undefined;
  /** The saved view that it began as. */
  saved: string | undefined;
}

/** The views that somebody saved; none for who answers no conversations. */
export function useSavedViews(mayAnswer: boolean): SavedView[] {
  const { data } = useQuery(trpc.views.list.queryOptions(undefined, { enabled: mayAnswer }));
  return data ?? [];
}

/** Where a saved view leads. */
export function listedBy({ id, filter: { view, search, ...filter } }: SavedView) {
  const text = textOf(filter);
  return {
    saved: id,
    view: view ?? "all",
    ...(text === undefined ? {} : { filter: text }),
    ...(search === undefined ? {} : { search }),
  };
}

/** What is kept of the list as it is now. */
export function filterOfListed({ view, filter, search }: Listed): Inputs["views"]["save"]["filter"] {
  return { view, ...filterOf(filter), ...(search === undefined ? {} : { search }) };
}

export function isSame(saved: SavedView, now: Listed): boolean {
  const that = listedBy(saved);
  return viewOf(that.view) === now.view && that.filter === now.filter && that.search === now.search;
}
