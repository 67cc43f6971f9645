import { useFormat } from "../../lib/format.ts";
import { useT } from "../../lib/i18n.ts";
import type { Claim } from "../../lib/models.ts";
import { Badge, type Tone } from "../../ui/index.ts";
import { answerStrings } from "./strings.ts";

const tones: Record<Claim["verdict"], Tone> = {
  supported: "good",
  unsupported: "bad",
  uncited: "warn",
  not_a_claim: "neutral",
};

/** Each sentence of the answer, what checking it showed, and why. */
export function ClaimsList({ claims }: { claims: readonly Claim[] }) {
  const t = useT(answerStrings);
  const format = useFormat();
  if (claims.length === 0) return <p className="text-ink-2">{t("claims.none")}</p>;
  return (
    <div className="flex flex-col gap-2">
      <p className="text-ink-2">{t("claims.meaning")}</p>
      <ol className="flex flex-col divide-y divide-line rounded-control border border-line bg-surface-1">
        {claims.map((claim, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the sentences of a kept answer never change.
          <li key={index} className="flex flex-col gap-1 p-2">
            <div className="flex flex-wrap items-center gap-2">
              <Badge tone={tones[claim.verdict]}>{t(`claim.${claim.verdict}`)}</Badge>
              {claim.verdict === "not_a_claim" ? null : (
                <span className="text-ink-3 tabular-nums">
                  {t("claim.score", { percent: format.percent(claim.score) })}
                </span>
              )}
              {claim.citations.length > 0 ? (
                <span className="text-ink-3 tabular-nums">
                  {t("claim.sources", { numbers: claim.citations.join(", ") })}
                </span>
              ) : null}
            </div>
            <p dir="auto" className="break-words">
              {claim.text}
            </p>
            {claim.reasons.length > 0 ? (
              <ul className="list-disc ps-4 text-ink-2">
                {claim.reasons.map((reason) => (
                  <li key={reason}>
                    <bdi>{reason}</bdi>
                  </li>
                ))}
              </ul>
            ) : null}
          </li>
        ))}
      </ol>
    </div>
  );
}
