import { useId } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { ApiKey, Bot } from "../../../lib/models.ts";
import { ChoiceCard } from "./choice-card.tsx";
import { modelStrings } from "./strings.ts";
import { useBotUpdate } from "./use-bot-update.ts";

/** Chosen at a click; a refusal puts the former choice back and says why. */
export function ModelChoice({ bot, connections }: { bot: Bot; connections: readonly ApiKey[] }) {
  const t = useT(modelStrings);
  const group = useId();
  const update = useBotUpdate(bot.id, t("model.not.saved"));
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
    <ChoiceCard
      key={provider ?? "automatic"}
      group={group}
      checked={chosen === provider}
      onChoose={() => update.mutate({ id: bot.id, activeLlmConfigProvider: provider })}
      name={name}
      detail={detail}
      text={text}
    />
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
