import { useT } from "../../../lib/i18n.ts";
import type { Claim } from "../../../lib/models.ts";
import { cx } from "../../../ui/index.ts";
import { reviewStrings } from "./strings.ts";

const marks: Record<Claim["verdict"], string> = {
  supported: "border-good",
  unsupported: "border-bad bg-bad-soft",
  uncited: "border-warn bg-warn-soft",
  not_a_claim: "border-transparent",
};

/** The answer sentence by sentence, each marked with what checking it showed, and why. */
export function MarkedAnswer({
  claims,
  onPoint,
}: {
  claims: readonly Claim[];
  /** The sources that the sentence under the pointer cites. */
  onPoint: (numbers: readonly number[]) => void;
}) {
  const t = useT(reviewStrings);
  return (
    <ol className="flex flex-col gap-1.5">
      {claims.map((claim, index) => (
        <li
          // biome-ignore lint/suspicious/noArrayIndexKey: the sentences of a kept answer never change.
          key={index}
          onPointerEnter={() => onPoint(claim.citations)}
          onPointerLeave={() => onPoint([])}
          className={cx("rounded-e-control border-s-2 px-2.5 py-1", marks[claim.verdict])}
        >
          <p dir="auto" className="text-15 break-words">
            {claim.text}
            {claim.citations.map((number) => (
              <sup key={number} className="ms-0.5 text-ink-3 tabular-nums">
                [{number}]
              </sup>
            ))}
          </p>
          {claim.verdict === "not_a_claim" ? null : (
            <p className="text-12 text-ink-2">
              {t(`claim.${claim.verdict}`)}
              {claim.judgedBy ? ` · ${t("claim.judged", { model: claim.judgedBy })}` : ""}
              {claim.reasons.map((reason) => (
                <bdi key={reason}>{` · ${reason}`}</bdi>
              ))}
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}
