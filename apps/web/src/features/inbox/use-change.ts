import { useMutation } from "@tanstack/react-query";
import { useT } from "../../lib/i18n.ts";
import type { ConversationDetail } from "../../lib/models.ts";
import { type Inputs, queryClient, trpc } from "../../lib/trpc.ts";
import { explainError, toast, uiStrings } from "../../ui/index.ts";
import { conversationStrings } from "./conversation.strings.ts";

type Change = Omit<Inputs["conversations"]["update"], "id" | "version">;

/** Saves a change over the version that is shown; where a colleague was quicker, theirs is shown and said. */
export function useChange({ id, version }: ConversationDetail) {
  const t = useT(conversationStrings);
  const ui = useT(uiStrings);
  const update = useMutation(
    trpc.conversations.update.mutationOptions({
      onSuccess: (changed) => {
        queryClient.setQueryData(trpc.conversations.get.queryKey({ id }), (now) =>
          now ? { ...now, ...changed } : now,
        );
        void queryClient.invalidateQueries(trpc.conversations.list.pathFilter());
      },
      onError: (error) => {
        toast.failed(t("act.failed"), explainError(error, ui));
        void queryClient.invalidateQueries(trpc.conversations.get.queryFilter({ id }));
      },
    }),
  );
  return (change: Change) => update.mutate({ id, version, ...change });
}
