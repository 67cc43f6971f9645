import { useMutation } from "@tanstack/react-query";
import { useId } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { ApiKey, Bot } from "../../../lib/models.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import { cx, explainError, toast, uiStrings } from "../../../ui/index.ts";
import { modelStrings } from "./strings.ts";

/** Chosen at a click; a refusal puts the former choice back and says why. */
export function ModelChoice({ bot, connections }: { bot: Bot; connections: readonly ApiKey[] }) {
  const t = useT(modelStrings);
  const kit = useT(uiStrings);
  const group = useId();
  const queryKey = trpc.bot.byId.queryKey({ id: bot.id });
  const update = useMutation(
    trpc.bot.update.mutationOptions({
      onError: (error) => toast.failed(t("model.not.saved"), explainError(error, kit)),
      onSettled: () => queryClient.invalidateQueries({ queryKey }),
    }),
  );
  const saved = bot.activeLlmConfigProvider;
  const chosen = update.isPending ? (update.variables.activeLlmConfigProvider ?? null) : saved;
  const lost =
    saved !== null && saved !== "builtin" && !connections.some(({ provider }) => provider === saved);

  const option = (
    provider: Bot["activeLlmConfigProvider"],
    name: string,
    text: string,
    detail: string | null,
  ) => (
    <label
      key={provider ?? "automatic"}
      className={cx(
        "flex cursor-pointer items-start gap-3 rounded-control border p-3",
        chosen === provider ? "border-accent bg-accent-soft" : "border-line hover:bg-surface-2",
      )}
    >
      <input
        type="radio"
        name={group}
        checked={chosen === provider}
        onChange={() => update.mutate({ id: bot.id, activeLlmConfigProvider: provider })}
        className="mt-1 accent-accent-fill"
      />
      <span className="min-w-0">
        <span className="block text-14 font-medium">
          {name}
          {detail ? <span className="font-normal text-ink-2"> · {detail}</span> : null}
        </span>
        <span className="block text-13 text-ink-2">{text}</span>
      </span>
    </label>
  );

  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="sr-only">{t("model.title")}</legend>
      {option(null, t("automatic.name"), t("automatic.text"), null)}
      {option("builtin", t("builtin.name"), t("builtin.text"), null)}
      {connections.map(({ provider, model }) =>
        option(
          provider,
          t(`provider.${provider}`),
          t("provider.text"),
          model === null ? null : t("provider.model", { model }),
        ),
      )}
      {lost ? (
        <p role="status" className="rounded-control bg-warn-soft p-3 text-13 text-warn">
          <span className="font-medium">{t(`provider.${saved}`)}.</span> {t("provider.lost")}
        </p>
      ) : null}
    </fieldset>
  );
}
