import { ArrowDown, ArrowUp } from "lucide-react";
import { type Format, useFormat } from "../../lib/format.ts";
import type { Strings } from "../../lib/i18n.ts";
import { type Translate, useT } from "../../lib/i18n.ts";
import { cx } from "../../ui/index.ts";
import { type Better, type Change, pointChange, ratioChange, shareOf, toneOf } from "./change.ts";
import type { Figures } from "./range.ts";
import { analyticsStrings } from "./strings.ts";

type T = Translate<typeof analyticsStrings extends Strings<infer Table> ? Table : never>;
type Totals = Figures["totals"];

interface Figure {
  name: "queries" | "answered" | "feedback" | "time" | "handOffs" | "cost";
  value: string | null;
  hint: string;
  change: Change;
  better: Better;
}

/** The figures of the period, each with how it compares with the period before. */
export function TotalsRow({ totals, previous }: { totals: Totals; previous: Totals }) {
  const t = useT(analyticsStrings);
  const format = useFormat();
  return (
    // six figures fill rows of two, of three and of six
    <div className="@container">
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-panel border border-line bg-line @lg:grid-cols-3 @5xl:grid-cols-6">
        {figuresOf(totals, previous, t, format).map(({ name, value, hint, change, better }) => (
          <div key={name} className="flex flex-col gap-0.5 bg-surface-1 p-3">
            <dt className="text-13 text-ink-2">{t(`total.${name}`)}</dt>
            <dd className="text-20 font-semibold tabular-nums">
              {value ?? <span className="text-ink-3">{t("none")}</span>}
            </dd>
            <dd className="text-12 text-ink-3">{hint}</dd>
            {change === null ? null : (
              <dd>
                <ChangeMark change={change} better={better} />
              </dd>
            )}
          </div>
        ))}
      </dl>
    </div>
  );
}

function figuresOf(totals: Totals, previous: Totals, t: T, format: Format): Figure[] {
  const answered = ({ byMode, queries }: Totals) => shareOf(byMode.model + byMode.extractive, queries);
  const share = (value: number | null) => (value === null ? null : format.percent(value));
  const rated = totals.positive + totals.negative;
  return [
    {
      name: "queries",
      value: format.number(totals.queries),
      hint: t("hint.before", { count: previous.queries }),
      change: ratioChange(totals.queries, previous.queries),
      better: "neither",
    },
    {
      name: "answered",
      value: share(answered(totals)),
      hint: t("hint.unanswered", { count: totals.byMode.abstained + totals.byMode.withheld }),
      change: pointChange(answered(totals), answered(previous)),
      better: "more",
    },
    {
      name: "feedback",
      value: share(totals.positiveFeedbackRate),
      hint: t("hint.ratings", { count: rated }),
      change: pointChange(totals.positiveFeedbackRate, previous.positiveFeedbackRate),
      better: "more",
    },
    {
      name: "time",
      value: totals.medianResponseTimeMs === null ? null : format.duration(totals.medianResponseTimeMs),
      hint:
        totals.p95ResponseTimeMs === null
          ? t("hint.times.none")
          : t("hint.times", {
              average: format.duration(totals.avgResponseTimeMs ?? 0),
              most: format.duration(totals.p95ResponseTimeMs),
            }),
      change: ratioChange(totals.medianResponseTimeMs, previous.medianResponseTimeMs),
      better: "less",
    },
    {
      name: "handOffs",
      value: format.number(totals.handOffs),
      hint: t("hint.before", { count: previous.handOffs }),
      change: ratioChange(totals.handOffs, previous.handOffs),
      better: "neither",
    },
    {
      name: "cost",
      value: format.dollars(totals.cost),
      hint: t("hint.tokens", { count: totals.inputTokens + totals.outputTokens }),
      change: ratioChange(totals.cost, previous.cost),
      better: "neither",
    },
  ];
}

const tones = { good: "text-good", bad: "text-bad", neutral: "text-ink-3" };

function ChangeMark({ change, better }: { change: NonNullable<Change>; better: Better }) {
  const t = useT(analyticsStrings);
  const format = useFormat();
  const by = Math.abs(change.by);
  const amount =
    change.kind === "ratio" ? format.percent(by) : t("change.points", { count: Math.round(by * 100) });
  const isSame = Math.round(by * 100) === 0;
  const Arrow = change.by > 0 ? ArrowUp : ArrowDown;
  return (
    <span
      className={cx(
        "inline-flex items-center gap-1 text-12 font-medium tabular-nums",
        tones[toneOf(change, better)],
      )}
    >
      {isSame ? null : <Arrow className="size-3" aria-hidden />}
      <span aria-hidden>{isSame ? t("change.same") : amount}</span>
      <span className="sr-only">
        {isSame ? t("change.same") : t(change.by > 0 ? "change.more" : "change.less", { amount })}
      </span>
    </span>
  );
}
