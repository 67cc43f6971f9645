import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import { evaluationStrings } from "./strings.ts";
import type { Run } from "./use-evaluations.ts";

/** A bar for each whole run, the oldest first; the list below says the same in figures. */
export function TrendChart({ runs }: { runs: readonly Run[] }) {
  const t = useT(evaluationStrings);
  const format = useFormat();
  const shown = runs
    .filter(({ status, isWhole, total }) => status === "completed" && isWhole && total > 0)
    .reverse();
  if (shown.length < 2) return null;
  return (
    <figure>
      <figcaption className="mb-1 text-12 text-ink-3">{t("runs.trend")}</figcaption>
      <ol className="flex h-20 items-end gap-1 border-b border-line">
        {shown.map(({ id, passed, total, createdAt }) => {
          const label = `${format.percent(passed / total)} · ${format.exact(new Date(createdAt))}`;
          return (
            <li key={id} className="flex h-full max-w-12 grow items-end">
              <span
                role="img"
                aria-label={label}
                title={label}
                className="block min-h-0.5 w-full rounded-t-[3px] bg-accent"
                style={{ height: `${(100 * passed) / total}%` }}
              />
            </li>
          );
        })}
      </ol>
    </figure>
  );
}
