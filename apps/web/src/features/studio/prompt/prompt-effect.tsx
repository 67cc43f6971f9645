import { useQuery } from "@tanstack/react-query";
import { useT } from "../../../lib/i18n.ts";
import type { Bot } from "../../../lib/models.ts";
import { trpc } from "../../../lib/trpc.ts";
import { Panel } from "../../../ui/index.ts";
import { promptStrings } from "./strings.ts";

/** What the prompt changes, and what stands beside it in everything that a model is told. */
export function PromptEffect({ bot, state }: { bot: Bot; state: "new" | "active" | "inactive" }) {
  const t = useT(promptStrings);
  return (
    <Panel title={t("effect.title")}>
      <p className="text-14">{t(`effect.${state}`)}</p>
      {useIsQuoting(bot) ? <p className="mt-2 text-14 text-warn">{t("effect.builtin")}</p> : null}
      <p className="mt-3 text-13 text-ink-2">{t("effect.order")}</p>
      <ol className="mt-1 list-decimal ps-5 text-13 text-ink-2">
        <li>{t("effect.yours")}</li>
        <li>{t("effect.rules")}</li>
        <li>{t("effect.sources")}</li>
      </ol>
    </Panel>
  );
}

/** No model answers, as the built-in one was chosen or none is connected; false until that is known. */
function useIsQuoting({ activeLlmConfigProvider: chosen }: Bot): boolean {
  const { data: connections } = useQuery(trpc.user.listLlmApiKeys.queryOptions());
  if (chosen !== null) return chosen === "builtin";
  return connections?.every(({ isConfigured, purpose }) => !isConfigured || purpose !== "answering") ?? false;
}
