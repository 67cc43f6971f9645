import { useT } from "../../../lib/i18n.ts";
import { Panel } from "../../../ui/index.ts";
import { promptStrings } from "./strings.ts";

/** What the prompt changes, and what stands beside it in everything that a model is told. */
export function PromptEffect({
  state,
  builtin,
}: {
  state: "new" | "active" | "inactive";
  /** No model is chosen: answers are quoted. */
  builtin: boolean;
}) {
  const t = useT(promptStrings);
  return (
    <Panel title={t("effect.title")}>
      <p className="text-14">{t(`effect.${state}`)}</p>
      {builtin ? <p className="mt-2 text-14 text-warn">{t("effect.builtin")}</p> : null}
      <p className="mt-3 text-13 text-ink-2">{t("effect.order")}</p>
      <ol className="mt-1 list-decimal ps-5 text-13 text-ink-2">
        <li>{t("effect.yours")}</li>
        <li>{t("effect.rules")}</li>
        <li>{t("effect.sources")}</li>
      </ol>
    </Panel>
  );
}
