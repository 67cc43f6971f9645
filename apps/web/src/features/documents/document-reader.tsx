import { useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight, Download, ExternalLink, FileQuestion, FileText } from "lucide-react";
import { Fragment, type ReactNode, useMemo, useState } from "react";
import { useFormat } from "../../lib/format.ts";
import { useLanguage, useT } from "../../lib/i18n.ts";
import type { KnowledgeDocument } from "../../lib/models.ts";
import { errorCodeOf, trpc } from "../../lib/trpc.ts";
import { buttonClass, EmptyState, ErrorState, IconButton, Skeleton } from "../../ui/index.ts";
import { DocumentText } from "./document-text.tsx";
import { mediaTypeLabel } from "./media-type.ts";
import { cleanSpans, type Span } from "./slice-text.ts";
import { documentStrings } from "./strings.ts";

export interface DocumentReaderProps {
  documentId: string;
  /** The current version unless given. */
  version?: number | undefined;
  /** Passages to highlight. */
  spans: readonly Span[];
  /** The passage to open at; the first unless given. */
  initial?: Span | undefined;
  /** The title bar, made from the document's name once that is known. */
  header: (name: string | null) => ReactNode;
}

/** One document: what it is, the way to the original, and its text at the passage that was cited. */
export function DocumentReader({ documentId, version, spans, initial, header }: DocumentReaderProps) {
  const t = useT(documentStrings);
  const query = useQuery(
    trpc.knowledge.get.queryOptions(
      { id: documentId, ...(version === undefined ? {} : { version }) },
      // Another document's text must not stand in while this one loads.
      { placeholderData: undefined, staleTime: 60_000 },
    ),
  );

  if (query.isPending) return <Frame header={header(null)} body={<ReaderSkeleton label={t("loading")} />} />;
  if (query.isError) {
    const missing = errorCodeOf(query.error) === "NOT_FOUND";
    return (
      <Frame
        header={header(null)}
        body={
          missing ? (
            <EmptyState icon={<FileQuestion aria-hidden />} title={t("missing.title")}>
              {t("missing.text")}
            </EmptyState>
          ) : (
            <ErrorState error={query.error} title={t("failed.title")} onRetry={() => void query.refetch()} />
          )
        }
      />
    );
  }
  return (
    <Loaded
      key={`${documentId}:${version ?? ""}:${initial?.start ?? ""}`}
      {...{ document: query.data, spans, initial }}
      header={header(query.data.title || query.data.name)}
    />
  );
}

function Loaded({
  document,
  spans,
  initial,
  header,
}: {
  document: KnowledgeDocument;
  spans: readonly Span[];
  initial: Span | undefined;
  header: ReactNode;
}) {
  const t = useT(documentStrings);
  const ordered = useMemo(() => cleanSpans(spans, document.text.length), [spans, document.text.length]);
  const [current, setCurrent] = useState(() =>
    Math.max(
      0,
      ordered.findIndex((span) => span.start === initial?.start && span.end === initial.end),
    ),
  );

  return (
    <Frame
      header={header}
      bar={
        <>
          <Meta document={document} />
          <div className="ms-auto flex items-center gap-1">
            {ordered.length > 1 ? (
              <>
                <span className="text-13 text-ink-2" aria-live="polite">
                  {t("highlight.of", { index: current + 1, total: ordered.length })}
                </span>
                <IconButton
                  size="sm"
                  label={t("highlight.previous")}
                  icon={<ChevronLeft className="flip-rtl size-4" aria-hidden />}
                  disabled={current === 0}
                  onClick={() => setCurrent(current - 1)}
                />
                <IconButton
                  size="sm"
                  label={t("highlight.next")}
                  icon={<ChevronRight className="flip-rtl size-4" aria-hidden />}
                  disabled={current === ordered.length - 1}
                  onClick={() => setCurrent(current + 1)}
                />
              </>
            ) : null}
            {document.url && /^https?:\/\//i.test(document.url) ? (
              <a
                href={document.url}
                target="_blank"
                rel="noopener noreferrer"
                className={buttonClass("secondary", "sm")}
              >
                <ExternalLink className="flip-rtl size-4" aria-hidden />
                {t("visit")}
              </a>
            ) : null}
            {document.downloadUrl ? (
              <a href={document.downloadUrl} download className={buttonClass("secondary", "sm")}>
                <Download className="size-4" aria-hidden />
                {t("download")}
              </a>
            ) : null}
          </div>
        </>
      }
      body={
        document.text === "" ? (
          <NoText status={document.status} />
        ) : (
          <DocumentText document={document} spans={ordered} current={current} />
        )
      }
    />
  );
}

/** Title bar and meta stay; the text scrolls under them, and can be scrolled by keyboard. */
function Frame({ header, bar, body }: { header: ReactNode; bar?: ReactNode; body: ReactNode }) {
  const t = useT(documentStrings);
  return (
    <div className="flex min-h-0 grow flex-col">
      {header}
      {bar ? (
        <div className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-1.5 md:px-6">
          {bar}
        </div>
      ) : null}
      <section
        aria-label={t("text.label")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
        tabIndex={0}
        className="relative min-h-0 grow overflow-y-auto [overflow-anchor:none] focus-visible:-outline-offset-2"
      >
        <div className="mx-auto max-w-[72ch] px-4 py-6 md:px-6">{body}</div>
      </section>
    </div>
  );
}

function Meta({ document }: { document: KnowledgeDocument }) {
  const t = useT(documentStrings);
  const format = useFormat();
  const language = useLanguage();
  const parts = [
    document.title && document.title !== document.name ? document.name : null,
    mediaTypeLabel(document.mediaType),
    document.language ? languageName(document.language, language) : null,
    t("meta.characters", { count: document.text.length }),
    t("meta.passages", { count: document.chunkCount }),
    t("meta.version", { version: format.number(document.version) }),
  ].filter((part) => part !== null);
  return (
    <p className="min-w-0 text-13 text-ink-2">
      {parts.map((part, index) => (
        <Fragment key={part}>
          {index > 0 ? " · " : null}
          <bdi>{part}</bdi>
        </Fragment>
      ))}
    </p>
  );
}

function languageName(code: string, reader: string): string | null {
  try {
    return new Intl.DisplayNames(reader, { type: "language" }).of(code) ?? null;
  } catch {
    return null; // Not a language tag, such as "und-x".
  }
}

function NoText({ status }: { status: KnowledgeDocument["status"] }) {
  const t = useT(documentStrings);
  const reason = status === "FAILED" ? "failed" : status === "PROCESSED" ? "none" : "waiting";
  return (
    <EmptyState icon={<FileText aria-hidden />} title={t("text.empty")}>
      {t(`text.empty.${reason}`)}
    </EmptyState>
  );
}

function ReaderSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-3">
      {["w-1/2", "w-full", "w-11/12", "w-full", "w-4/5", "w-full", "w-2/3"].map((width, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a fixed row of grey shapes.
        <Skeleton key={index} className={`h-4 ${width}`} />
      ))}
    </div>
  );
}
