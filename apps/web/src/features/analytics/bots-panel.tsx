import { Link } from "@tanstack/react-router";
import { useFormat } from "../../lib/format.ts";
import { useT } from "../../lib/i18n.ts";
import { Panel } from "../../ui/index.ts";
import { shareOf } from "./change.ts";
import type { Overview } from "./range.ts";
import { analyticsStrings } from "./strings.ts";

const columns = ["queries", "answered", "feedback", "time", "cost"] as const;

/** A row for each bot; its name leads to its own figures. */
export function BotsPanel({ bots }: { bots: Overview["bots"] }) {
  const t = useT(analyticsStrings);
  const format = useFormat();
  const cell = "px-2 py-1.5 text-end whitespace-nowrap tabular-nums";
  const share = (value: number | null) => (value === null ? t("none") : format.percent(value));
  return (
    <Panel title={t("bots.title")}>
      <section
        aria-label={t("bots.title")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls sideways, so it must be reachable by keyboard.
        tabIndex={0}
        className="relative overflow-x-auto"
      >
        <table className="w-full text-13">
          <caption className="sr-only">{t("bots.title")}</caption>
          <thead>
            <tr className="text-ink-3">
              <th scope="col" className="py-1 pe-2 text-start font-medium">
                {t("bots.name")}
              </th>
              {columns.map((column) => (
                <th key={column} scope="col" className="px-2 py-1 text-end font-medium whitespace-nowrap">
                  {t(`total.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {bots.map(
              ({ botId, name, queries, unanswered, positiveFeedbackRate, avgResponseTimeMs, cost }) => (
                <tr key={botId} className="border-t border-line">
                  <th scope="row" className="max-w-64 truncate py-1.5 pe-2 text-start font-normal">
                    {name === null ? (
                      <span className="text-ink-3">{t("bots.deleted")}</span>
                    ) : (
                      <Link
                        to="/bots/$botId"
                        params={{ botId }}
                        search={(now) => ({ ...now, tab: "analytics" })}
                        className="text-accent hover:underline"
                      >
                        <bdi>{name}</bdi>
                      </Link>
                    )}
                  </th>
                  <td className={cell}>{format.number(queries)}</td>
                  <td className={cell}>{share(shareOf(queries - unanswered, queries))}</td>
                  <td className={cell}>{share(positiveFeedbackRate)}</td>
                  <td className={cell}>
                    {avgResponseTimeMs === null ? t("none") : format.duration(avgResponseTimeMs)}
                  </td>
                  <td className={cell}>{format.dollars(cost)}</td>
                </tr>
              ),
            )}
          </tbody>
        </table>
      </section>
    </Panel>
  );
}
