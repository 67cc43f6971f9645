import { useT } from "../../../lib/i18n.ts";
import { Badge, cx, Time, type Tone } from "../../../ui/index.ts";
import type { Reviewable, ReviewVerdict } from "./review-search.ts";
import { reviewStrings } from "./strings.ts";

export const verdictTones: Record<ReviewVerdict, Tone> = { correct: "good", partly: "warn", wrong: "bad" };

/** The answers of this page; the chosen one is shown beside it. */
export function ReviewList({
  items,
  chosenId,
  onChoose,
}: {
  items: readonly Reviewable[];
  chosenId: string;
  onChoose: (id: string) => void;
}) {
  const t = useT(reviewStrings);
  return (
    <ul
      aria-label={t("list.label")}
      className="flex flex-col divide-y divide-line overflow-hidden rounded-panel border border-line bg-surface-1"
    >
      {items.map((item) => {
        const unsupported = (item.checkedClaims ?? 0) - (item.supportedClaims ?? 0);
        return (
          <li key={item.id}>
            <button
              type="button"
              aria-current={item.id === chosenId ? "true" : undefined}
              onClick={() => onChoose(item.id)}
              className={cx(
                "flex w-full flex-col gap-1 px-3 py-2 text-start hover:bg-surface-2 focus-visible:-outline-offset-2",
                item.id === chosenId && "bg-surface-2",
              )}
            >
              <span dir="auto" className="line-clamp-2 text-match text-14 break-words">
                {item.question}
              </span>
              <span className="flex flex-wrap items-center gap-2 text-12 text-ink-3">
                {item.review ? (
                  <Badge tone={verdictTones[item.review.verdict]}>
                    {t(`verdict.${item.review.verdict}`)}
                  </Badge>
                ) : unsupported > 0 ? (
                  <Badge tone="warn">{t("claim.unsupported")}</Badge>
                ) : null}
                <Time value={item.createdAt} />
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
