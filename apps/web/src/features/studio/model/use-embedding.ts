import { useMutation, useQuery } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import type { Embedding } from "../../../lib/models.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";

/**
 * Which model finds a bot's passages, kept live; asked for again whenever the connection starts anew. Without
 * one it is asked for every few seconds while another is being prepared.
 */
export function useEmbedding(botId: string) {
  const queryKey = trpc.knowledge.embedding.queryKey({ botId });
  const put = (state: Embedding) => queryClient.setQueryData(queryKey, state);
  const live = useSubscription(
    trpc.knowledge.embeddingChanges.subscriptionOptions(
      { botId },
      { onStarted: () => void queryClient.invalidateQueries({ queryKey }), onData: put },
    ),
  );
  const state = useQuery(
    trpc.knowledge.embedding.queryOptions(
      { botId },
      {
        placeholderData: undefined,
        refetchInterval: ({ state }) => (live.status !== "pending" && state.data?.building ? 4_000 : false),
      },
    ),
  );
  const choose = useMutation(trpc.knowledge.chooseEmbedding.mutationOptions({ onSuccess: put }));
  const cancel = useMutation(trpc.knowledge.cancelEmbedding.mutationOptions({ onSuccess: put }));
  return { state, choose, cancel };
}
