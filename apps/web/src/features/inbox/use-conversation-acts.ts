import { useMutation } from "@tanstack/react-query";
import { useT } from "../../lib/i18n.ts";
import type { Outputs } from "../../lib/trpc.ts";
import { queryClient, trpc } from "../../lib/trpc.ts";
import { explainError } from "../../ui/explain-error.ts";
import { uiStrings } from "../../ui/strings.ts";
import { toast } from "../../ui/toast.tsx";
import { conversationStrings } from "./conversation.strings.ts";

type Changed = Outputs["conversations"]["resolve"];

/** Take over, hand back, resolve and reopen: each shows its outcome at once and says why when it was refused. */
export function useConversationActs(openId: string) {
  const t = useT(conversationStrings);
  const ui = useT(uiStrings);
  const options = {
    // The reader may have moved on by now: the id is the one that was acted on.
    onSuccess: (changed: Changed, { id }: { id: string }) => {
      queryClient.setQueryData(trpc.conversations.get.queryKey({ id }), (now) =>
        now ? { ...now, ...changed } : now,
      );
      void queryClient.invalidateQueries(trpc.conversations.pathFilter());
    },
    onError: (error: unknown, { id }: { id: string }) => {
      toast.failed(t("act.failed"), explainError(error, ui));
      void queryClient.invalidateQueries(trpc.conversations.get.queryFilter({ id }));
    },
  };
  const takeOver = useMutation(trpc.conversations.takeOver.mutationOptions(options));
  const handBack = useMutation(trpc.conversations.handBack.mutationOptions(options));
  const resolve = useMutation(trpc.conversations.resolve.mutationOptions(options));
  const reopen = useMutation(trpc.conversations.reopen.mutationOptions(options));
  const act = (mutation: typeof resolve) => ({
    run: () => mutation.mutate({ id: openId }),
    isPending: mutation.isPending,
  });
  return { takeOver: act(takeOver), handBack: act(handBack), resolve: act(resolve), reopen: act(reopen) };
}

export type ConversationActs = ReturnType<typeof useConversationActs>;
