import { cx } from "./cx.ts";

/** `value` from 0 to 100. `label` names what is being measured. */
export function ProgressBar({
  value,
  label,
  tone = "accent",
}: {
  value: number;
  label: string;
  tone?: "accent" | "good" | "warn" | "bad";
}) {
  const share = Math.min(100, Math.max(0, value));
  const colour = { accent: "bg-accent", good: "bg-good", warn: "bg-warn", bad: "bg-bad" }[tone];
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share)}
      className="h-1.5 w-full overflow-hidden rounded-full bg-surface-3"
    >
      <div className={cx("h-full rounded-full transition-[width]", colour)} style={{ width: `${share}%` }} />
    </div>
  );
}
