import { Link } from "@tanstack/react-router";
import { useT } from "../../../lib/i18n.ts";
import type { Citation } from "../../../lib/models.ts";
import { cx } from "../../../ui/index.ts";
import { reviewStrings } from "./strings.ts";

/** What the answer cites, in its own words; those of the sentence under the pointer stand out. */
export function SourcesList({
  citations,
  pointed,
}: {
  citations: readonly Citation[];
  pointed: readonly number[];
}) {
  const t = useT(reviewStrings);
  return (
    <section aria-label={t("sources")} className="flex min-w-0 flex-col gap-2">
      <h3 className="text-13 font-semibold text-ink-2">{t("sources")}</h3>
      {citations.length === 0 ? <p className="text-13 text-ink-2">{t("sources.none")}</p> : null}
      <ol className="flex flex-col gap-2">
        {citations.map((citation) => {
          const place = [citation.documentName, ...citation.headingPath].join(" › ");
          return (
            <li
              key={citation.number}
              className={cx(
                "rounded-control border bg-surface-0 p-2.5",
                pointed.includes(citation.number) ? "border-accent" : "border-line",
              )}
            >
              <p dir="auto" className="text-14 break-words">
                <span className="me-1.5 text-ink-3 tabular-nums">[{citation.number}]</span>
                {citation.quote}
              </p>
              <p className="mt-1 text-12">
                <Link
                  to="/documents/$documentId"
                  params={{ documentId: citation.documentId }}
                  search={{ version: citation.version, start: citation.startOffset, end: citation.endOffset }}
                  aria-label={t("source.read", { name: place })}
                  className="break-words text-accent hover:underline"
                >
                  <bdi>{place}</bdi>
                </Link>
              </p>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
