import { lazy, Suspense, useState } from "react";
import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import { Panel, Select, Skeleton } from "../../../ui/index.ts";
import type { Metrics } from "./metrics.ts";
import { overviewStrings } from "./strings.ts";

const DayChart = lazy(() => import("../../../ui/day-chart.tsx"));

const figures = ["support", "outcomes"] as const;

/** The share of supported claims, or what became of questions, day by day; the same as a table for screen readers. */
export function TrendPanel({ metrics: { trend } }: { metrics: Metrics }) {
  const t = useT(overviewStrings);
  const format = useFormat();
  const [figure, setFigure] = useState<(typeof figures)[number]>("support");
  const dayWord = (date: string) => format.utcDay(new Date(date));
  const words = {
    answered: t("total.answered"),
    abstained: t("total.abstained"),
    withheld: t("total.withheld"),
    supportedShare: t("trend.share"),
  };
  const series =
    figure === "support"
      ? [{ key: "supportedShare", name: words.supportedShare, colour: "var(--accent)" }]
      : [
          { key: "answered", name: words.answered, colour: "var(--accent)" },
          { key: "abstained", name: words.abstained, colour: "var(--warn)" },
          { key: "withheld", name: words.withheld, colour: "var(--bad)" },
        ];
  return (
    <Panel
      title={t("trend.title")}
      action={
        <Select
          label={t("trend.metric")}
          labelHidden
          className="w-56"
          value={figure}
          options={figures.map((value) => ({ value, label: t(`trend.${value}`) }))}
          onChange={setFigure}
        />
      }
    >
      <div aria-hidden>
        <Suspense fallback={<Skeleton className="h-56" />}>
          <DayChart
            kind={figure === "support" ? "lines" : "bars"}
            points={trend}
            series={series}
            isShare={figure === "support"}
            isWhole={figure === "outcomes"}
            dayWord={dayWord}
            valueWord={figure === "support" ? format.percent : format.number}
          />
        </Suspense>
      </div>
      <table className="sr-only">
        <caption>{t("trend.title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("trend.day")}</th>
            {Object.values(words).map((word) => (
              <th key={word} scope="col">
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {trend.map((day) => (
            <tr key={day.date}>
              <th scope="row">{dayWord(day.date)}</th>
              <td>{format.number(day.answered)}</td>
              <td>{format.number(day.abstained)}</td>
              <td>{format.number(day.withheld)}</td>
              <td>{day.supportedShare === null ? t("none") : format.percent(day.supportedShare)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}
