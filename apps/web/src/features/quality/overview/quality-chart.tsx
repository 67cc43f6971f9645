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
import { useLanguage } from "../../../lib/i18n.ts";
import { directionOf } from "../../../lib/preferences.ts";
import type { Metrics } from "./metrics.ts";

const colours = { answered: "var(--accent)", abstained: "var(--warn)", withheld: "var(--bad)" };
const outcomes = ["answered", "abstained", "withheld"] as const;

/** Bars where things are counted, a line for a share. Nothing moves; time runs in the reader's direction. */
export default function QualityChart({
  figure,
  points,
  words,
  dayWord,
  valueWord,
}: {
  figure: "support" | "outcomes";
  points: Metrics["trend"];
  words: Record<(typeof outcomes)[number] | "supportedShare", string>;
  dayWord: (date: string) => string;
  valueWord: (value: number) => string;
}) {
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
      domain={figure === "support" ? [0, 1] : [0, "auto"]}
      allowDecimals={figure === "support"}
    />,
    <Tooltip
      key="hint"
      isAnimationActive={false}
      cursor={figure === "outcomes" ? { fill: "var(--surface-2)" } : { stroke: "var(--line-strong)" }}
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
        {figure === "outcomes" ? (
          <BarChart {...frame}>
            {axes}
            {outcomes.map((key) => (
              <Bar
                key={key}
                dataKey={key}
                name={words[key]}
                stackId="all"
                fill={colours[key]}
                maxBarSize={28}
                isAnimationActive={false}
              />
            ))}
          </BarChart>
        ) : (
          <LineChart {...frame}>
            {axes}
            <Line
              dataKey="supportedShare"
              name={words.supportedShare}
              stroke="var(--accent)"
              strokeWidth={2}
              dot={{ r: 2, fill: "var(--accent)" }}
              connectNulls
              isAnimationActive={false}
            />
          </LineChart>
        )}
      </ResponsiveContainer>
    </div>
  );
}
