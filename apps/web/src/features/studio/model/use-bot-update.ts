import { useMutation } from "@tanstack/react-query";
import { useT } from "../../../lib/i18n.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import { explainError, toast, uiStrings } from "../../../ui/index.ts";

/** Changes the bot at once; a refusal is told under `failure` and the former state is read again. */
export function useBotUpdate(botId: string, failure: string) {
  const kit = useT(uiStrings);
  return useMutation(
    trpc.bot.update.mutationOptions({
      onError: (error) => toast.failed(failure, explainError(error, kit)),
      onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.bot.byId.queryKey({ id: botId }) }),
    }),
  );
}
