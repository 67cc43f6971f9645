import { useQuery } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import type { BotDocument } from "../../../lib/models.ts";
import { trpc } from "../../../lib/trpc.ts";
import { dropDocument, putDocument, refetchBot, refetchDocuments } from "./documents-cache.ts";

/**
 * A bot's documents, kept live: each change is written into the list, and the list is asked for again whenever
 * the connection starts anew, since what changed meanwhile was not heard. Without a connection it is asked for
 * every few seconds while something is being processed.
 */
export function useDocuments(botId: string) {
  const live = useSubscription(
    trpc.botDocument.changes.subscriptionOptions(
      { botId },
      {
        onStarted: () => refetchDocuments(botId),
        onData: (change) => {
          if ("deleted" in change) dropDocument(botId, change.id);
          else putDocument(botId, change);
          if ("deleted" in change || !isProcessing(change)) refetchBot(botId);
        },
      },
    ),
  );
  return useQuery(
    trpc.botDocument.listByBotId.queryOptions(
      { botId },
      {
        placeholderData: undefined,
        refetchInterval: ({ state }) =>
          live.status !== "pending" && state.data?.some(isProcessing) ? 4_000 : false,
      },
    ),
  );
}

export function isProcessing({ status }: Pick<BotDocument, "status">): boolean {
  return status === "PENDING" || status === "PROCESSING";
}
