import { useFormat } from "../../lib/format.ts";
import { useT } from "../../lib/i18n.ts";
import { cx } from "../../ui/index.ts";
import { type Grading, gradingOf } from "./grading.ts";
import type { Stage } from "./stage-data.ts";
import { answerStrings } from "./strings.ts";

const features = ["share", "lead"] as const;

/** What the confidence was made of: how much of the question is found together, and how far the best stands out. */
export function GradeDetails({ stage }: { stage: Stage }) {
  const t = useT(answerStrings);
  const format = useFormat();
  const grading = gradingOf(stage);
  const { confidence, thresholds } = grading;
  return (
    <div className="flex flex-col gap-2.5">
      {thresholds ? (
        <p>
          {t("grade.thresholds", {
            confidence: format.percent(confidence ?? 0),
            enough: format.percent(thresholds.correct),
            perhaps: format.percent(thresholds.ambiguous),
          })}
        </p>
      ) : null}
      <dl className="flex flex-col gap-2">
        {features.map((feature) => {
          const value = grading[feature];
          return value === null ? null : (
            <div key={feature}>
              <dt className="flex justify-between gap-2">
                <span className="font-medium">{t(`grade.${feature}`)}</span>
                <span className="tabular-nums">{format.percent(value)}</span>
              </dt>
              <dd className="text-ink-2">{t(`grade.${feature}.meaning`)}</dd>
            </div>
          );
        })}
        <Terms grading={grading} />
      </dl>
    </div>
  );
}

/** The words that were looked for, rare ones first; those that no passage holds are struck through. */
function Terms({ grading: { terms } }: { grading: Grading }) {
  const t = useT(answerStrings);
  if (terms.length === 0) return null;
  return (
    <div>
      <dt className="font-medium">{t("grade.terms")}</dt>
      <dd className="text-ink-2">{t("grade.terms.meaning")}</dd>
      <dd>
        <ul className="mt-1 flex flex-wrap gap-1">
          {terms.map(({ term, isMissing }) => (
            <li
              key={term}
              className={cx(
                "rounded-control px-1.5 py-0.5",
                isMissing ? "bg-warn-soft text-warn line-through" : "bg-surface-2",
              )}
            >
              <bdi>{term}</bdi>
              {isMissing ? <span className="sr-only"> {t("grade.missing")}</span> : null}
            </li>
          ))}
        </ul>
      </dd>
    </div>
  );
}
