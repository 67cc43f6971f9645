import { useMutation, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { BotDocument, BotSource } from "../../../lib/models.ts";
import { trpc } from "../../../lib/trpc.ts";
import { Button, ConfirmDialog, Pager, toast } from "../../../ui/index.ts";
import {
  type DocumentFilter,
  filterDocuments,
  isFiltered,
  isStale,
  noFilter,
  pageOf,
} from "./document-filter.ts";
import { DocumentNews } from "./document-news.tsx";
import { DocumentRow } from "./document-row.tsx";
import { dropDocument, refetchBot } from "./documents-cache.ts";
import { FilterBar } from "./filter-bar.tsx";
import { FreshnessBar } from "./freshness-bar.tsx";
import { documentsTabStrings } from "./strings.ts";
import type { Upload, UploadQueue } from "./upload-queue.ts";
import { UploadRow } from "./upload-row.tsx";

/** Lists that are shorter need no search. */
const fewDocuments = 8;

/** Files on their way first, then the bot's documents, newest first: a page of those that the filter lets through. */
export function DocumentList({
  botId,
  documents,
  sources,
  filter,
  setFilter,
  uploads,
  queue,
  onSearch,
}: {
  botId: string;
  documents: readonly BotDocument[];
  sources: readonly BotSource[];
  filter: DocumentFilter;
  setFilter: (filter: DocumentFilter) => void;
  uploads: readonly Upload[];
  queue: UploadQueue;
  /** Opens the dialog that tries the search. */
  onSearch: () => void;
}) {
  const t = useT(documentsTabStrings);
  const [doomed, setDoomed] = useState<BotDocument | null>(null);
  const [asking, setAsking] = useState(false);
  const remove = useMutation(
    trpc.botDocument.delete.mutationOptions({
      onSuccess: (_, { botId, documentId }) => {
        dropDocument(botId, documentId);
        refetchBot(botId);
        toast.done(t("delete.done"));
      },
    }),
  );
  const onTheirWay = new Set(uploads.map((upload) => upload.documentId));
  const [page, setPage] = useState(1);
  const staleAfter = useQuery(trpc.knowledge.freshness.queryOptions({ botId })).data?.staleAfterDays ?? null;
  const found = filterDocuments(documents, useDeferredValue(filter), staleAfter).filter(
    ({ id }) => !onTheirWay.has(id),
  );
  const shown = pageOf(found, page);
  const narrow = (next: DocumentFilter) => {
    setFilter(next);
    setPage(1);
  };

  return (
    <>
      {documents.length > fewDocuments || isFiltered(filter) ? (
        <FilterBar filter={filter} sources={sources} onChange={narrow} />
      ) : null}
      <FreshnessBar
        botId={botId}
        onShow={() => narrow({ ...noFilter, status: "stale" })}
        onSearch={onSearch}
      />
      {found.length === 0 && isFiltered(filter) ? (
        <p className="flex items-center gap-2 text-14 text-ink-2">
          {t("filter.none")}
          <Button size="sm" onClick={() => narrow(noFilter)}>
            {t("filter.clear")}
          </Button>
        </p>
      ) : null}
      <ul
        aria-label={t("list.label")}
        className="overflow-hidden rounded-panel border border-line bg-surface-1 empty:hidden"
      >
        {uploads.map((upload) => (
          <UploadRow key={upload.id} upload={upload} queue={queue} />
        ))}
        {shown.items.map((document) => (
          <DocumentRow
            key={document.id}
            document={document}
            stale={isStale(document, staleAfter)}
            onDelete={(next) => {
              setDoomed(next);
              setAsking(true);
            }}
          />
        ))}
      </ul>
      <Pager page={shown.page} pages={shown.pages} onPage={setPage} />
      <DocumentNews documents={documents} />
      {doomed ? (
        <ConfirmDialog
          open={asking}
          onClose={() => setAsking(false)}
          title={t("delete.title", { name: doomed.fileName })}
          description={t("delete.text")}
          confirmLabel={t("delete.confirm")}
          onConfirm={() => remove.mutateAsync({ botId: doomed.botId, documentId: doomed.id })}
        />
      ) : null}
    </>
  );
}
