import { PreviewCard } from "@base-ui/react/preview-card";
import { Link } from "@tanstack/react-router";
import { useT } from "../../lib/i18n.ts";
import type { Citation } from "../../lib/models.ts";
import { popupClass, popupLayer } from "../../ui/popup.ts";
import { SourceAge } from "./source-age.tsx";
import { messageStrings } from "./strings.ts";

const markClass =
  "mx-0.5 inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-[5px] bg-accent-soft px-1 align-[0.1em] " +
  "text-12 leading-none font-semibold text-accent no-underline hover:bg-accent-fill hover:text-on-accent";

export interface CitationMarkProps {
  citation: Citation;
  /** What a click does; without it the mark is a link to the passage in its document. */
  onOpen?: ((citation: Citation) => void) | undefined;
}

/** A small numbered mark: hovering or focusing it shows the quote, a click opens the passage. */
export function CitationMark({ citation, onOpen }: CitationMarkProps) {
  const t = useT(messageStrings);
  const label = t("citation.open", { number: citation.number, name: citation.documentName });
  return (
    <PreviewCard.Root>
      <PreviewCard.Trigger
        delay={120}
        className={markClass}
        aria-label={label}
        render={
          onOpen ? (
            <button type="button" onClick={() => onOpen(citation)} />
          ) : (
            <Link
              to="/documents/$documentId"
              params={{ documentId: citation.documentId }}
              search={passageOf(citation)}
            />
          )
        }
      >
        {citation.number}
      </PreviewCard.Trigger>
      <PreviewCard.Portal container={popupLayer()}>
        <PreviewCard.Positioner sideOffset={6} className="z-30">
          <PreviewCard.Popup className={`${popupClass} w-80 max-w-[calc(100vw-1.5rem)] p-3`}>
            <CitationSource citation={citation} />
            <blockquote
              dir="auto"
              className="mt-2 line-clamp-8 border-s-2 border-accent ps-2.5 text-13 leading-normal whitespace-pre-line text-ink-1"
            >
              {citation.quote}
            </blockquote>
            <SourceAge source={citation.source} />
          </PreviewCard.Popup>
        </PreviewCard.Positioner>
      </PreviewCard.Portal>
    </PreviewCard.Root>
  );
}

/** Where a quote stands: document, headings, page. */
export function CitationSource({ citation }: { citation: Citation }) {
  const t = useT(messageStrings);
  return (
    <div className="min-w-0">
      <div dir="auto" className="truncate text-match text-13 font-medium">
        {citation.documentName}
      </div>
      <div className="truncate text-12 text-ink-3">
        <bdi>{citation.headingPath.join(" › ")}</bdi>
        {citation.page === null ? null : (
          <span>
            {citation.headingPath.length > 0 ? " · " : ""}
            {t("citation.page", { page: citation.page })}
          </span>
        )}
      </div>
    </div>
  );
}

/** The search part of a link to the passage. */
export function passageOf(citation: Citation): { version: number; start: number; end: number } {
  return { version: citation.version, start: citation.startOffset, end: citation.endOffset };
}
