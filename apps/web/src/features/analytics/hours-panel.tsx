import { useFormat } from "../../lib/format.ts";
import { useLanguage, useT } from "../../lib/i18n.ts";
import { localeOf } from "../../lib/preferences.ts";
import { Panel } from "../../ui/index.ts";
import type { Figures } from "./range.ts";
import { analyticsStrings } from "./strings.ts";

/** When people ask: a table of weekdays and hours whose cells are darker the more was asked. */
export function HoursPanel({ hours, timeZone }: { hours: Figures["hours"]; timeZone: string }) {
  const t = useT(analyticsStrings);
  const format = useFormat();
  const most = Math.max(1, ...hours.flat());
  const weekday = new Intl.DateTimeFormat(localeOf(useLanguage()), { weekday: "short", timeZone: "UTC" });
  return (
    <Panel title={t("hours.title")} description={t("hours.note", { zone: timeZone })}>
      <section
        aria-label={t("hours.title")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, so it must be reachable by keyboard.
        tabIndex={0}
        className="relative overflow-x-auto"
      >
        <table className="w-full min-w-[34rem] table-fixed border-separate border-spacing-0.5 text-12">
          <caption className="sr-only">{t("hours.title")}</caption>
          <thead>
            <tr className="text-ink-3">
              <td className="w-12" />
              {Array.from({ length: 24 }, (_, hour) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: hours are their numbers.
                <th key={hour} scope="col" className="font-normal tabular-nums">
                  <span className={hour % 3 === 0 ? "" : "sr-only"}>{format.number(hour)}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {hours.map((row, day) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: days are their numbers, from Monday.
              <tr key={day}>
                <th scope="row" className="pe-1 text-start font-normal text-ink-2">
                  {/* the fifth of January 2026 was a Monday */}
                  {weekday.format(Date.UTC(2026, 0, 5 + day))}
                </th>
                {row.map((count, hour) => (
                  <td
                    // biome-ignore lint/suspicious/noArrayIndexKey: as above.
                    key={hour}
                    title={t("hours.cell", { hour, count })}
                    className="h-5 rounded-[3px] bg-surface-2 p-0"
                    style={
                      count === 0
                        ? {}
                        : {
                            backgroundColor: `color-mix(in oklab, var(--accent) ${15 + (85 * count) / most}%, var(--surface-2))`,
                          }
                    }
                  >
                    <span className="sr-only">{format.number(count)}</span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Panel>
  );
}
