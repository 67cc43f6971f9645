import { useQuery } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import type { BotSource } from "../../../lib/models.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import { refetchDocuments } from "../documents/documents-cache.ts";

/** A bot's web sources, kept live as its documents are: see `useDocuments`. */
export function useSources(botId: string) {
  const key = trpc.botSource.listByBotId.queryKey({ botId });
  const live = useSubscription(
    trpc.botSource.changes.subscriptionOptions(
      { botId },
      {
        onStarted: () => void queryClient.invalidateQueries({ queryKey: key }),
        onData: (change) => {
          if ("deleted" in change) {
            dropSource(botId, change.id);
            refetchDocuments(botId);
          } else putSource(botId, change);
        },
      },
    ),
  );
  return useQuery(
    trpc.botSource.listByBotId.queryOptions(
      { botId },
      {
        placeholderData: undefined,
        refetchInterval: ({ state }) =>
          live.status !== "pending" && state.data?.some(isReading) ? 4_000 : false,
      },
    ),
  );
}

export function isReading({ status }: Pick<BotSource, "status">): boolean {
  return status === "QUEUED" || status === "CRAWLING";
}

/** Puts a source into the shown list, in its place or first. Older news is dropped. */
export function putSource(botId: string, source: BotSource): void {
  queryClient.setQueryData(trpc.botSource.listByBotId.queryKey({ botId }), (list) => {
    if (!list) return list;
    const known = list.find(({ id }) => id === source.id);
    if (!known) return [source, ...list];
    if (known.updatedAt > source.updatedAt) return list;
    return list.map((each) => (each === known ? source : each));
  });
}

export function dropSource(botId: string, sourceId: string): void {
  queryClient.setQueryData(trpc.botSource.listByBotId.queryKey({ botId }), (list) =>
    list?.filter(({ id }) => id !== sourceId),
  );
}
