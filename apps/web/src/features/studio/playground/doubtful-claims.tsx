import { TriangleAlert } from "lucide-react";
import { useT } from "../../../lib/i18n.ts";
import type { Claim } from "../../../lib/models.ts";
import { playgroundStrings } from "./strings.ts";

/** The sentences of an answer that its sources do not bear out, each with why. */
export function DoubtfulClaims({ claims }: { claims: readonly Claim[] }) {
  const t = useT(playgroundStrings);
  const doubtful = claims.flatMap(({ verdict, ...claim }) =>
    verdict === "unsupported" || verdict === "uncited" ? [{ ...claim, verdict }] : [],
  );
  if (doubtful.length === 0) return null;
  return (
    <section className="mt-2 rounded-control bg-warn-soft p-3">
      <h3 className="flex items-center gap-1.5 text-13 font-medium text-warn">
        <TriangleAlert className="size-4 shrink-0" aria-hidden />
        {t("claims.title", { count: doubtful.length })}
      </h3>
      <ul className="mt-1.5 flex flex-col gap-1.5">
        {doubtful.map((claim) => (
          <li key={claim.text} className="text-13">
            <span
              dir="auto"
              className="block text-ink-1 underline decoration-warn decoration-wavy underline-offset-3"
            >
              {claim.text}
            </span>
            <span className="text-ink-2">
              {t(`claims.${claim.verdict}`)}
              {claim.verdict === "unsupported" && claim.reasons.length > 0 ? (
                <>
                  {": "}
                  <bdi>{claim.reasons.join("; ")}</bdi>
                </>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
