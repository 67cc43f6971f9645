import { useFormat } from "../../lib/format.ts";
import { useT } from "../../lib/i18n.ts";
import { cx } from "../../ui/cx.ts";
import type { Verification } from "./message-parts.ts";
import { messageStrings } from "./strings.ts";

export type ConfidenceLevel = "high" | "medium" | "low";

/** `confidence` from 0 to 1, as a word. */
export function confidenceLevel(confidence: number): ConfidenceLevel {
  if (confidence >= 0.75) return "high";
  return confidence >= 0.45 ? "medium" : "low";
}

const colours: Record<ConfidenceLevel, string> = { high: "bg-good", medium: "bg-warn", low: "bg-bad" };

/** Confidence as a word and three bars; the exact share on hover. */
export function Confidence({ value }: { value: number }) {
  const t = useT(messageStrings);
  const format = useFormat();
  const level = confidenceLevel(value);
  const filled = { high: 3, medium: 2, low: 1 }[level];
  return (
    <span className="inline-flex items-center gap-1.5" title={format.percent(value)}>
      <span className="inline-flex items-end gap-0.5" aria-hidden>
        {[1, 2, 3].map((bar) => (
          <span
            key={bar}
            className={cx("h-2.5 w-1 rounded-full", bar <= filled ? colours[level] : "bg-surface-3")}
          />
        ))}
      </span>
      {t(`confidence.${level}`)}
    </span>
  );
}

/** One quiet line below an answer: how it was made and how far it can be trusted. */
export function VerificationLine({ verification }: { verification: Verification }) {
  const t = useT(messageStrings);
  const unsupported = verification.claims.filter((claim) => claim.verdict === "unsupported").length;
  const answered = verification.mode === "model" || verification.mode === "extractive";
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-12 text-ink-3">
      {answered ? <Confidence value={verification.confidence} /> : null}
      <span>{t(`mode.${verification.mode}`)}</span>
      {unsupported > 0 ? <span className="text-warn">{t("unsupported", { count: unsupported })}</span> : null}
    </div>
  );
}
