import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import { cx, Panel } from "../../../ui/index.ts";
import { evaluationStrings } from "./strings.ts";
import type { RunDetail } from "./use-evaluations.ts";

type Summary = RunDetail["summary"];

const right = ["correct", "answered", "abstained_rightly", "handed_off_rightly"] as const;
const wrong = [
  "wrong_answer",
  "words_missing",
  "passage_not_found",
  "abstained_wrongly",
  "answered_wrongly",
  "handed_off_wrongly",
  "not_handed_off",
  "failed",
] as const;

/** The scores of a run, each as a bar with its figure and over how many cases it was measured. */
export function ScoreTiles({ summary }: { summary: Summary }) {
  const t = useT(evaluationStrings);
  const format = useFormat();
  const { retrieval, correctness, faithfulness, refusal, handoff, latency, cost } = summary;
  const passed = summary.cases === 0 ? null : summary.passed / summary.cases;
  const shares = [
    ["passed", passed, summary.cases],
    ["hit", retrieval.hit, retrieval.cases],
    ["mrr", retrieval.mrr, retrieval.cases],
    ["ndcg", retrieval.ndcg, retrieval.cases],
    ["correct", correctness.correct, correctness.cases],
    ["faithful", faithfulness.value, faithfulness.cases],
    ["refusalPrecision", refusal.precision, refusal.refused],
    ["refusalRecall", refusal.recall, refusal.expected],
    ["handoffRecall", handoff.recall, handoff.expected],
  ] as const;
  return (
    <Panel title={t("figures.title")}>
      <dl className="flex flex-col gap-2">
        {shares.map(([name, value, cases]) => (
          <div key={name} className="flex flex-wrap items-baseline justify-between gap-x-3 text-13">
            <dt>{t(`figure.${name}`)}</dt>
            <dd className="contents">
              <span className="text-end whitespace-nowrap tabular-nums">
                {value === null ? (
                  <span className="text-12 text-ink-3">{t("figures.none")}</span>
                ) : (
                  <span className="inline-flex items-baseline gap-2">
                    <span className="text-12 text-ink-3">{t("figures.of", { count: cases })}</span>
                    <strong className="font-semibold">{format.percent(value)}</strong>
                  </span>
                )}
              </span>
              <Bar share={value ?? 0} />
            </dd>
          </div>
        ))}
        <div className="mt-1 flex justify-between gap-3 text-13">
          <dt>{t("figure.latency")}</dt>
          <dd className="tabular-nums">{latency.p50 === null ? "–" : format.duration(latency.p50)}</dd>
        </div>
        <div className="flex justify-between gap-3 text-13">
          <dt>{t("figure.cost")}</dt>
          <dd className="tabular-nums">{format.dollars(cost)}</dd>
        </div>
      </dl>
    </Panel>
  );
}

/** How many cases ended in which way; what is right above what is wrong. */
export function ReasonBars({ summary }: { summary: Summary }) {
  const t = useT(evaluationStrings);
  const format = useFormat();
  const rows = [...right, ...wrong].flatMap((reason) => {
    const count = summary.reasons[reason] ?? 0;
    return count === 0 ? [] : [{ reason, count, isRight: right.some((name) => name === reason) }];
  });
  return (
    <Panel title={t("reasons.title")}>
      <dl className="flex flex-col gap-2">
        {rows.map(({ reason, count, isRight }) => (
          <div key={reason} className="flex flex-wrap items-baseline justify-between gap-x-3 text-13">
            <dt className={isRight ? undefined : "text-bad"}>{t(`reason.${reason}`)}</dt>
            <dd className="contents">
              <span className="tabular-nums">{format.number(count)}</span>
              <Bar share={count / summary.cases} tone={isRight ? "good" : "bad"} />
            </dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

function Bar({ share, tone = "accent" }: { share: number; tone?: "accent" | "good" | "bad" }) {
  const colour = { accent: "bg-accent", good: "bg-good", bad: "bg-bad" }[tone];
  return (
    <span aria-hidden className="mt-0.5 block h-1.5 w-full rounded-full bg-surface-2">
      <span className={cx("block h-full rounded-full", colour)} style={{ width: `${100 * share}%` }} />
    </span>
  );
}
