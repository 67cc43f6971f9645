import { useId } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { Bot } from "../../../lib/models.ts";
import { ChoiceCard } from "./choice-card.tsx";
import { modelStrings } from "./strings.ts";
import { useBotUpdate } from "./use-bot-update.ts";

/** What becomes of an answer whose claims its sources do not support. */
export function ClaimsChoice({ bot }: { bot: Bot }) {
  const t = useT(modelStrings);
  const group = useId();
  const update = useBotUpdate(bot.id, t("claims.not.saved"));
  const chosen = (update.isPending && update.variables.unsupportedClaims) || bot.unsupportedClaims;
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="sr-only">{t("claims.title")}</legend>
      {(["mark", "withhold"] as const).map((way) => (
        <ChoiceCard
          key={way}
          group={group}
          checked={chosen === way}
          onChoose={() => update.mutate({ id: bot.id, unsupportedClaims: way })}
          name={t(`claims.${way}`)}
          text={t(`claims.${way}.text`)}
        />
      ))}
      <label className="mt-1 flex items-start gap-2.5 text-14">
        <input
          type="checkbox"
          className="mt-0.5 size-4 shrink-0 accent-accent"
          checked={(update.isPending ? update.variables.judgeClaims : undefined) ?? bot.judgeClaims}
          onChange={({ target }) => update.mutate({ id: bot.id, judgeClaims: target.checked })}
        />
        <span>
          {t("claims.judge")}
          <span className="block text-13 text-ink-2">{t("claims.judge.text")}</span>
        </span>
      </label>
    </fieldset>
  );
}
