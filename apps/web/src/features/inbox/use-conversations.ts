import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { queryClient, trpc } from "../../lib/trpc.ts";
import { filterOf } from "./filter.ts";
import { freshFirst } from "./fresh-first.ts";
import type { View } from "./views.ts";

/** The pages of one view as one list; what has just arrived stands first. */
export function useConversations(
  view: View,
  search: string | undefined,
  filterText: string | undefined,
  fresh: ReadonlySet<string>,
) {
  const filter = useMemo(() => filterOf(filterText), [filterText]);
  const query = useInfiniteQuery(
    trpc.conversations.list.infiniteQueryOptions(
      { view, filter, limit: 50, ...(search === undefined ? {} : { search }) },
      { getNextPageParam: (page) => page.nextCursor, placeholderData: keepPreviousData },
    ),
  );
  const items = useMemo(() => {
    const all = query.data?.pages.flatMap((page) => page.items) ?? [];
    // A row that moved between two pages while they were fetched comes twice.
    const unique = [...new Map(all.map((item) => [item.id, item])).values()];
    return freshFirst(unique, fresh);
  }, [query.data, fresh]);
  return { query, items, counts: query.data?.pages[0]?.counts };
}

/** Fetches a thread before it is opened, so that opening shows it at once. */
export function prefetchConversation(id: string): void {
  void queryClient.prefetchQuery(trpc.conversations.get.queryOptions({ id }));
}
