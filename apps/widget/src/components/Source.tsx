import type { SourcePart } from "../types.ts";
import type { View } from "./view.ts";

/** The number by which the answer's text cites this source. */
export function numberOf(source: SourcePart): number {
  return source.providerMetadata?.parlance?.number ?? Number(source.sourceId);
}

export function titleOf(source: SourcePart): string {
  return source.providerMetadata?.parlance?.documentName ?? source.title ?? "";
}

/** The passage behind a citation: its document, where in it, and the words. */
export function SourceCard({ source, t }: View & { source: SourcePart }) {
  const { headingPath = [], page, quote, source: now } = source.providerMetadata?.parlance ?? {};
  const place = page ? [...headingPath, t("page", page)] : headingPath;
  // What is still as it was says how old it is; what is not, that it is not.
  const age = now?.state === "current" ? now.updatedAt?.slice(0, 10) : now && t("outdated");
  return (
    <aside class="card" dir="auto">
      <strong>{titleOf(source)}</strong>
      <p class="fine">{place.join(" › ")}</p>
      {age && <p class="fine">{age}</p>}
      <blockquote>{quote}</blockquote>
    </aside>
  );
}
