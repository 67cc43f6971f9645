import { useMutation } from "@tanstack/react-query";
import { useT } from "../../../lib/i18n.ts";
import { errorCodeOf, queryClient, trpc } from "../../../lib/trpc.ts";
import { explainError, toast, uiStrings } from "../../../ui/index.ts";
import { promptStrings } from "./strings.ts";

/** Create, save, use and delete the prompts of a bot; the list and the bot are fresh when each resolves. */
export function usePromptActions(botId: string) {
  const t = useT(promptStrings);
  const kit = useT(uiStrings);
  const refresh = () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: trpc.botPrompt.listByBotId.queryKey({ botId }) }),
      queryClient.invalidateQueries({ queryKey: trpc.bot.byId.queryKey({ id: botId }) }),
    ]);
  const create = useMutation(trpc.botPrompt.create.mutationOptions({ onSuccess: refresh }));
  const update = useMutation(trpc.botPrompt.update.mutationOptions({ onSuccess: refresh }));
  const remove = useMutation(trpc.botPrompt.delete.mutationOptions({ onSuccess: refresh }));
  const use = useMutation(
    trpc.botPrompt.setActive.mutationOptions({
      onSuccess: refresh,
      onError: (error) => toast.failed(t("use.failed"), explainError(error, kit)),
    }),
  );

  const failure = create.error ?? update.error;
  const nameTaken = errorCodeOf(failure) === "PROMPT_NAME_TAKEN";
  return {
    create,
    update,
    remove,
    use,
    /** Belongs at the name field. */
    nameError: nameTaken ? t("name.taken") : null,
    /** Any other refusal of the last save. */
    saveError: failure && !nameTaken ? explainError(failure, kit) : null,
    forgetErrors: () => {
      create.reset();
      update.reset();
    },
  };
}
