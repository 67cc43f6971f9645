import { useFormat } from "../../lib/format.ts";
import { useT } from "../../lib/i18n.ts";
import { ProgressBar } from "../../ui/progress-bar.tsx";
import { amountOf, fillOf, fillTones, type Limit } from "./limits.ts";
import { usageStrings } from "./strings.ts";

/** One limit: how much of it is used, what happens when it is full, and when it starts anew. */
export function LimitMeter({ limit }: { limit: Limit }) {
  const t = useT(usageStrings);
  const format = useFormat();
  const name = t(`limit.${limit.limit}`);
  const used = amountOf(limit.limit, limit.used, format);
  const fill = fillOf(limit);
  return (
    <div className="flex flex-col gap-1.5">
      <div className="flex flex-wrap items-baseline justify-between gap-x-3">
        <h3 className="text-14 font-medium">{name}</h3>
        <p className={fill === "full" ? "text-13 font-medium text-bad" : "text-13 text-ink-2"}>
          {limit.unlimited
            ? t("used.unlimited", { used })
            : t("used.of", { used, max: amountOf(limit.limit, limit.max, format) })}
        </p>
      </div>
      {limit.unlimited ? null : (
        <>
          <ProgressBar value={limit.share * 100} label={name} tone={fillTones[fill]} />
          <p className="text-13 text-ink-3">
            {[
              limit.bot ? t("fullest", { name: limit.bot.name }) : null,
              t(`full.${limit.limit}`),
              limit.resetsAt ? t("resets", { date: format.day(new Date(limit.resetsAt)) }) : null,
            ]
              .filter(Boolean)
              .join(" ")}
          </p>
        </>
      )}
    </div>
  );
}
