import { Link } from "@tanstack/react-router";
import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import { Panel } from "../../../ui/index.ts";
import type { Metrics } from "./metrics.ts";
import { overviewStrings } from "./strings.ts";

/** The bots that were asked, beside each other. */
export function BotsTable({ bots }: { bots: Metrics["bots"] }) {
  const t = useT(overviewStrings);
  const format = useFormat();
  if (bots.length < 2) return null;
  const column = "px-2 py-1 text-end font-medium";
  const cell = "px-2 py-1.5 text-end tabular-nums";
  return (
    <Panel title={t("bots.title")}>
      <table className="w-full text-13">
        <thead>
          <tr className="text-ink-3">
            <th scope="col" className="py-1 text-start font-medium">
              {t("bot.label")}
            </th>
            <th scope="col" className={column}>
              {t("bots.answers")}
            </th>
            <th scope="col" className={column}>
              {t("total.answered")}
            </th>
            <th scope="col" className={column}>
              {t("total.supported")}
            </th>
          </tr>
        </thead>
        <tbody>
          {bots.map(({ botId, name, answers, answeredShare, supportedShare }) => (
            <tr key={botId} className="border-t border-line">
              <th scope="row" className="py-1.5 text-start font-normal">
                {name === null ? (
                  <span className="text-ink-3">{t("bots.deleted")}</span>
                ) : (
                  <Link to="/quality" search={{ botId }} dir="auto" className="text-accent hover:underline">
                    {name}
                  </Link>
                )}
              </th>
              <td className={cell}>{format.number(answers)}</td>
              <td className={cell}>{format.percent(answeredShare)}</td>
              <td className={cell}>{supportedShare === null ? t("none") : format.percent(supportedShare)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
