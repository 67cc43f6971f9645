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
import { useLanguage } from "../lib/i18n.ts";
import { directionOf } from "../lib/preferences.ts";

export interface DayChartProps {
  /** Bars, on top of each other, where things are counted; lines where they are measured. */
  kind: "bars" | "lines";
  /** One a day, with a number by each series' key. Null: nothing was measured that day, and the line has a gap. */
  points: readonly { date: string }[];
  series: readonly { key: string; name: string; colour: string }[];
  /** The values go from 0 to 1. */
  isShare?: boolean;
  /** The values are whole numbers. */
  isWhole?: boolean;
  dayWord: (date: string) => string;
  valueWord: (value: number) => string;
}

/**
 * Figures day by day. Nothing moves; a table beside it says the same to whoever does not see it. Time runs in the
 * reader's direction. Load it lazily: the library behind it is larger than the rest of a screen.
 */
export default function DayChart({
  kind,
  points,
  series,
  isShare = false,
  isWhole = false,
  dayWord,
  valueWord,
}: DayChartProps) {
  const isRtl = directionOf(useLanguage()) === "rtl";
  const tick = { fill: "var(--text-3)", fontSize: 12 };
  const frame = {
    data: [...points],
    accessibilityLayer: false,
    margin: { top: 8, right: 8, bottom: 0, left: 8 },
  };
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
      domain={isShare ? [0, 1] : [0, "auto"]}
      allowDecimals={!isWhole}
    />,
    <Tooltip
      key="hint"
      isAnimationActive={false}
      cursor={kind === "bars" ? { fill: "var(--surface-2)" } : { stroke: "var(--line-strong)" }}
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
        {kind === "bars" ? (
          <BarChart {...frame}>
            {axes}
            {series.map(({ key, name, colour }) => (
              <Bar
                key={key}
                dataKey={key}
                name={name}
                stackId="all"
                fill={colour}
                maxBarSize={28}
                isAnimationActive={false}
              />
            ))}
          </BarChart>
        ) : (
          <LineChart {...frame}>
            {axes}
            {series.map(({ key, name, colour }) => (
              <Line
                key={key}
                dataKey={key}
                name={name}
                stroke={colour}
                strokeWidth={2}
                dot={{ r: 2, fill: colour }}
                isAnimationActive={false}
              />
            ))}
          </LineChart>
        )}
      </ResponsiveContainer>
    </div>
  );
}
