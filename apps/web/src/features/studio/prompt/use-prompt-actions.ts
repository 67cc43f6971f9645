import { useMutation } from "@tanstack/react-query";
import { useT } from "../../../lib/i18n.ts";
import { errorCodeOf, queryClient, trpc } from "../../../lib/trpc.ts";
import { explainError, toast, uiStrings } from "../../../ui/index.ts";
import { promptStrings } from "./strings.ts";

/** Create, save, use, bring back and delete the prompts of a bot; what shows them is fresh when each resolves. */
export function usePromptActions(botId: string) {
  const t = useT(promptStrings);
  const kit = useT(uiStrings);
  const refresh = () =>
    Promise.all([
      queryClient.invalidateQueries({ queryKey: trpc.botPrompt.listByBotId.queryKey({ botId }) }),
      queryClient.invalidateQueries(trpc.botPrompt.history.pathFilter()),
      queryClient.invalidateQueries(trpc.botPrompt.gate.pathFilter()),
      queryClient.invalidateQueries({ queryKey: trpc.bot.byId.queryKey({ id: botId }) }),
    ]);
  const create = useMutation(trpc.botPrompt.create.mutationOptions({ onSuccess: refresh }));
  // What was refused because someone was faster shows what they wrote, as soon as that is here.
  const refreshOn = async (error: unknown) => {
    if (errorCodeOf(error) === "CONFLICT") await refresh();
  };
  const update = useMutation(
    trpc.botPrompt.update.mutationOptions({ onSuccess: refresh, onError: refreshOn }),
  );
  const rollback = useMutation(
    trpc.botPrompt.rollback.mutationOptions({ onSuccess: refresh, onError: refreshOn }),
  );
  const remove = useMutation(trpc.botPrompt.delete.mutationOptions({ onSuccess: refresh }));
  const use = useMutation(
    trpc.botPrompt.setActive.mutationOptions({
      onSuccess: refresh,
      onError: (error) => {
        if (!isGated(error)) toast.failed(t("use.failed"), explainError(error, kit));
      },
    }),
  );

  const failure = create.error ?? update.error;
  const code = errorCodeOf(failure);
  const nameTaken = code === "PROMPT_NAME_TAKEN";
  const someoneWasFaster = code === "CONFLICT";
  const gated = [create, update, use].find(({ error }) => isGated(error));
  return {
    create,
    update,
    remove,
    use,
    rollback,
    /** Belongs at the name field. */
    nameError: nameTaken ? t("name.taken") : null,
    /** Any other refusal of the last save; of a newer version the editor tells by itself. */
    saveError:
      failure && !nameTaken && !someoneWasFaster && !isGated(failure) ? explainError(failure, kit) : null,
    /** The bot's gate kept a text from being published. */
    gateRefusal: gated
      ? {
          message: explainError(gated.error, kit),
          isPending: create.isPending || update.isPending || use.isPending,
          /** The same once more, in spite of the gate. */
          publish: (reason: string) => {
            const override = { reason };
            if (gated === create && create.variables) create.mutate({ ...create.variables, override });
            if (gated === update && update.variables) update.mutate({ ...update.variables, override });
            if (gated === use && use.variables) use.mutate({ ...use.variables, override });
          },
        }
      : null,
    forgetErrors: () => {
      create.reset();
      update.reset();
      use.reset();
    },
  };
}

function isGated(error: unknown): boolean {
  return errorCodeOf(error) === "EVALUATION_REQUIRED";
}
