import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import { cx } from "../../../ui/index.ts";
import { problemsStrings } from "./strings.ts";

/** How often it was asked on each of the last days, as bars from the first to today. */
export function Trend({ days, className }: { days: readonly number[]; className?: string }) {
  const t = useT(problemsStrings);
  const format = useFormat();
  const most = Math.max(1, ...days);
  const sum = days.reduce((total, day) => total + day, 0);
  return (
    <div
      role="img"
      aria-label={t("trend", { number: format.number(sum) })}
      title={t("trend", { number: format.number(sum) })}
      className={cx("flex h-8 w-28 items-end gap-0.5", className)}
    >
      {days.map((count, day) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a day is its place
          key={day}
          className={cx("grow rounded-sm", count > 0 ? "bg-accent" : "bg-surface-3")}
          style={{ height: `${Math.max(8, (100 * count) / most)}%` }}
        />
      ))}
    </div>
  );
}
