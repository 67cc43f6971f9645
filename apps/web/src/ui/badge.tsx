import type { ReactNode } from "react";
import { cx } from "./cx.ts";

/** What a colour says: state and severity, nothing else. */
export type Tone = "neutral" | "good" | "warn" | "bad" | "info";

const badgeTones: Record<Tone, string> = {
  neutral: "bg-surface-2 text-ink-2",
  good: "bg-good-soft text-good",
  warn: "bg-warn-soft text-warn",
  bad: "bg-bad-soft text-bad",
  info: "bg-info-soft text-info",
};

const dotTones: Record<Tone, string> = {
  neutral: "bg-ink-3",
  good: "bg-good",
  warn: "bg-warn",
  bad: "bg-bad",
  info: "bg-info",
};

export function Badge({ tone = "neutral", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span
      className={cx(
        "inline-flex h-5 shrink-0 items-center gap-1 rounded-full px-2 text-12 font-medium whitespace-nowrap",
        badgeTones[tone],
      )}
    >
      {children}
    </span>
  );
}

/** A dot with its word; `pulse` while work is under way. */
export function StatusDot({ tone, label, pulse = false }: { tone: Tone; label: string; pulse?: boolean }) {
  return (
    <span className="inline-flex items-center gap-1.5 text-13 whitespace-nowrap text-ink-2">
      <span
        className={cx("size-2 shrink-0 rounded-full", dotTones[tone], pulse && "animate-pulse")}
        aria-hidden
      />
      {label}
    </span>
  );
}
