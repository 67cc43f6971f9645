import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { useLanguage } from "../../../lib/i18n.ts";
import { directionOf } from "../../../lib/preferences.ts";
import type { Calibration } from "./metrics.ts";

/** The curve beside the diagonal on which confidence means what it says. */
export default function CalibrationChart({
  calibration,
  percent,
  words,
}: {
  calibration: Calibration;
  percent: (share: number) => string;
  words: { found: string; ideal: string; stated: string };
}) {
  const isRtl = directionOf(useLanguage()) === "rtl";
  const tick = { fill: "var(--text-3)", fontSize: 12 };
  const points = calibration.map(({ meanConfidence, rightShare, from, to }) => ({
    stated: meanConfidence ?? (from + to) / 2,
    found: rightShare,
  }));
  return (
    <div dir="ltr" className="h-56">
      <ResponsiveContainer width="100%" height="100%">
        <LineChart data={points} accessibilityLayer={false} margin={{ top: 8, right: 8, bottom: 0, left: 8 }}>
          <CartesianGrid stroke="var(--line)" />
          <XAxis
            type="number"
            dataKey="stated"
            domain={[0, 1]}
            reversed={isRtl}
            tickFormatter={percent}
            tick={tick}
            tickLine={false}
            axisLine={{ stroke: "var(--line)" }}
          />
          <YAxis
            domain={[0, 1]}
            orientation={isRtl ? "right" : "left"}
            tickFormatter={percent}
            tick={tick}
            tickLine={false}
            axisLine={false}
            width="auto"
          />
          <ReferenceLine
            segment={[
              { x: 0, y: 0 },
              { x: 1, y: 1 },
            ]}
            stroke="var(--text-3)"
            strokeDasharray="4 4"
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: "var(--line-strong)" }}
            labelFormatter={(label) => `${words.stated}: ${percent(Number(label))}`}
            formatter={(value) => percent(Number(value))}
            contentStyle={{
              background: "var(--surface-1)",
              border: "1px solid var(--line)",
              borderRadius: 6,
              fontSize: 12,
              direction: isRtl ? "rtl" : "ltr",
            }}
            itemStyle={{ color: "var(--text-1)" }}
          />
          <Line
            dataKey="found"
            name={words.found}
            stroke="var(--accent)"
            strokeWidth={2}
            dot={{ r: 3, fill: "var(--accent)" }}
            isAnimationActive={false}
          />
        </LineChart>
      </ResponsiveContainer>
    </div>
  );
}
