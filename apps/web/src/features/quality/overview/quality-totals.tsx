import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import type { Metrics } from "./metrics.ts";
import { overviewStrings } from "./strings.ts";

type Totals = Metrics["totals"];

/** The figures of the period, each with what it was in the period before. */
export function QualityTotals({ totals, previous }: { totals: Totals; previous: Totals }) {
  const t = useT(overviewStrings);
  const format = useFormat();
  const share = (value: number | null) => (value === null ? null : format.percent(value));
  const reviews = ({ reviews: { correct, partly, wrong } }: Totals) => correct + partly + wrong;
  const answers = t("hint.answers", { count: totals.answers });
  const claims = t("hint.claims", { count: totals.claims });
  const figures = [
    { name: "answered", of: (from: Totals) => share(from.answeredShare), hint: answers },
    { name: "abstained", of: (from: Totals) => share(from.abstainedShare), hint: answers },
    { name: "withheld", of: (from: Totals) => share(from.withheldShare), hint: answers },
    { name: "handedOver", of: (from: Totals) => format.number(from.handedOver), hint: answers },
    { name: "supported", of: (from: Totals) => share(from.supportedShare), hint: claims },
    { name: "unsupported", of: (from: Totals) => share(from.unsupportedRate), hint: claims },
    {
      name: "reviews",
      of: (from: Totals) => share(from.reviewedShareRight),
      hint: t("hint.reviews", { count: reviews(totals) }),
    },
    {
      name: "time",
      of: (from: Totals) => (from.verifyMs.p50 === null ? null : format.duration(from.verifyMs.p50)),
      hint: totals.verifyMs.p95 === null ? "" : t("hint.p95", { time: format.duration(totals.verifyMs.p95) }),
    },
  ] as const;
  return (
    <div className="@container">
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-panel border border-line bg-line @2xl:grid-cols-4">
        {figures.map(({ name, of, hint }) => {
          const before = of(previous);
          return (
            <div key={name} className="flex flex-col gap-0.5 bg-surface-1 p-3">
              <dt className="text-13 text-ink-2">{t(`total.${name}`)}</dt>
              <dd className="text-20 font-semibold tabular-nums">
                {of(totals) ?? <span className="text-ink-3">{t("none")}</span>}
              </dd>
              {hint === "" ? null : <dd className="text-12 text-ink-3">{hint}</dd>}
              {before === null ? null : (
                <dd className="text-12 text-ink-3 tabular-nums">{t("before", { value: before })}</dd>
              )}
            </div>
          );
        })}
      </dl>
    </div>
  );
}
