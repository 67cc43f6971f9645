import {
  Bar,
  BarChart,
  CartesianGrid,
  Line,
  LineChart,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { useLanguage } from "../../lib/i18n.ts";
import { directionOf } from "../../lib/preferences.ts";
import type { Metric, Point } from "./trend.ts";

export interface TrendChartProps {
  metric: Metric;
  points: Point[];
  dayWord: (date: string) => string;
  valueWord: (value: number) => string;
  words: { value: string; unanswered: string };
}

/**
 * Bars where things are counted, a line where they are measured. Nothing moves; a table beside it says the same
 * to whoever does not see it. Time runs in the reader's direction.
 */
export default function TrendChart({ metric, points, dayWord, valueWord, words }: TrendChartProps) {
  const isRtl = directionOf(useLanguage()) === "rtl";
  const tick = { fill: "var(--text-3)", fontSize: 12 };
  const frame = { data: points, accessibilityLayer: false, margin: { top: 8, right: 8, bottom: 0, left: 8 } };
  const axes = [
    <CartesianGrid key="grid" vertical={false} stroke="var(--line)" />,
    <XAxis
      key="days"
      dataKey="date"
      reversed={isRtl}
      tickFormatter={dayWord}
      tick={tick}
      tickLine={false}
      axisLine={{ stroke: "var(--line)" }}
      minTickGap={32}
    />,
    <YAxis
      key="values"
      orientation={isRtl ? "right" : "left"}
      tickFormatter={valueWord}
      tick={tick}
      tickLine={false}
      axisLine={false}
      width="auto"
      domain={metric === "feedback" ? [0, 1] : [0, "auto"]}
      allowDecimals={metric !== "queries"}
    />,
    <Tooltip
      key="hint"
      isAnimationActive={false}
      cursor={
        metric === "queries" || metric === "cost"
          ? { fill: "var(--surface-2)" }
          : { stroke: "var(--line-strong)" }
      }
      labelFormatter={(label) => dayWord(String(label))}
      formatter={(value) => valueWord(Number(value))}
      contentStyle={{
        background: "var(--surface-1)",
        border: "1px solid var(--line)",
        borderRadius: 6,
        fontSize: 12,
        direction: isRtl ? "rtl" : "ltr",
      }}
      itemStyle={{ color: "var(--text-1)" }}
    />,
  ];
  return (
    // SVG text is placed from its left, whatever the page's direction
    <div dir="ltr" className="h-56">
      <ResponsiveContainer width="100%" height="100%">
        {metric === "queries" || metric === "cost" ? (
          <BarChart {...frame}>
            {axes}
            <Bar
              dataKey="value"
              name={words.value}
              stackId="all"
              fill="var(--accent)"
              maxBarSize={28}
              isAnimationActive={false}
            />
            {metric === "queries" ? (
              <Bar
                dataKey="unanswered"
                name={words.unanswered}
                stackId="all"
                fill="var(--warn)"
                maxBarSize={28}
                isAnimationActive={false}
              />
            ) : null}
          </BarChart>
        ) : (
          <LineChart {...frame}>
            {axes}
            <Line
              dataKey="value"
              name={words.value}
              stroke="var(--accent)"
              strokeWidth={2}
              dot={{ r: 2, fill: "var(--accent)" }}
              isAnimationActive={false}
            />
          </LineChart>
        )}
      </ResponsiveContainer>
    </div>
  );
}
