import { lazy, Suspense, useState } from "react";
import { useFormat } from "../../lib/format.ts";
import { useT } from "../../lib/i18n.ts";
import { Button, Panel, Select, Skeleton } from "../../ui/index.ts";
import { download, toCsv } from "./csv.ts";
import type { Figures } from "./range.ts";
import { analyticsStrings } from "./strings.ts";
import { trendStrings } from "./trend.strings.ts";
import { type Metric, metrics, type Point, pointsOf } from "./trend.ts";

const DayChart = lazy(() => import("../../ui/day-chart.tsx"));

/** One figure day by day: as a chart with a table behind it, or as that table. */
export function TrendPanel({ figures }: { figures: Figures | Omit<Figures, "botId"> }) {
  const t = useT(trendStrings);
  const format = useFormat();
  const [metric, setMetric] = useState<Metric>("queries");
  const [asTable, setAsTable] = useState(false);
  const { queryTrend, range } = figures;
  const points = pointsOf(queryTrend, metric);
  const dayWord = (date: string) => format.utcDay(new Date(date));
  const valueWord = (value: number) =>
    ({
      queries: format.number,
      time: format.duration,
      feedback: format.percent,
      cost: format.dollars,
    })[metric](value);
  const series = [
    {
      key: "value",
      name: t(metric === "queries" ? "trend.answered" : `trend.${metric}`),
      colour: "var(--accent)",
    },
    ...(metric === "queries"
      ? [{ key: "unanswered", name: t("trend.unanswered"), colour: "var(--warn)" }]
      : []),
  ];
  return (
    <Panel
      title={t("trend.title")}
      description={`${dayWord(range.startDate)} – ${dayWord(range.endDate)}`}
      action={
        <div className="flex flex-wrap gap-2">
          <Select
            label={t("trend.metric")}
            labelHidden
            className="w-40"
            value={metric}
            options={metrics.map((value) => ({ value, label: t(`trend.${value}`) }))}
            onChange={setMetric}
          />
          <Button aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {t(asTable ? "trend.asChart" : "trend.asTable")}
          </Button>
          <Button
            onClick={() => download(`analytics-${range.startDate}-${range.endDate}.csv`, toCsv(queryTrend))}
          >
            {t("trend.export")}
          </Button>
        </div>
      }
    >
      {asTable ? null : (
        <div aria-hidden>
          {metric === "queries" ? (
            <p className="mb-1 flex gap-4 text-12 text-ink-2">
              <Key className="bg-accent" word={t("trend.answered")} />
              <Key className="bg-warn" word={t("trend.unanswered")} />
            </p>
          ) : null}
          <Suspense fallback={<Skeleton className="h-56" />}>
            <DayChart
              kind={metric === "queries" || metric === "cost" ? "bars" : "lines"}
              points={points}
              series={series}
              isShare={metric === "feedback"}
              isWhole={metric === "queries"}
              dayWord={dayWord}
              valueWord={valueWord}
            />
          </Suspense>
        </div>
      )}
      <TrendTable points={points} metric={metric} dayWord={dayWord} valueWord={valueWord} hidden={!asTable} />
    </Panel>
  );
}

function Key({ className, word }: { className: string; word: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span className={`size-2.5 rounded-[3px] ${className}`} />
      {word}
    </span>
  );
}

function TrendTable({
  points,
  metric,
  dayWord,
  valueWord,
  hidden,
}: {
  points: readonly Point[];
  metric: Metric;
  dayWord: (date: string) => string;
  valueWord: (value: number) => string;
  hidden: boolean;
}) {
  const t = useT(trendStrings);
  const words = useT(analyticsStrings);
  const column = "px-2 py-1 text-end font-medium";
  const cell = "px-2 py-1 text-end tabular-nums";
  return (
    <section
      aria-label={t("trend.title")}
      tabIndex={hidden ? -1 : 0}
      className={hidden ? "sr-only" : "max-h-72 overflow-auto"}
    >
      <table className="w-full text-13">
        <caption className="sr-only">{t(`trend.${metric}`)}</caption>
        <thead>
          <tr className="text-ink-3">
            <th scope="col" className="px-2 py-1 text-start font-medium">
              {t("trend.day")}
            </th>
            <th scope="col" className={column}>
              {t(metric === "queries" ? "trend.answered" : `trend.${metric}`)}
            </th>
            {metric === "queries" ? (
              <th scope="col" className={column}>
                {t("trend.unanswered")}
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {points.map(({ date, value, unanswered }) => (
            <tr key={date} className="border-t border-line">
              <th scope="row" className="px-2 py-1 text-start font-normal">
                {dayWord(date)}
              </th>
              <td className={cell}>{value === null ? words("none") : valueWord(value)}</td>
              {metric === "queries" ? <td className={cell}>{valueWord(unanswered)}</td> : null}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
