import { useMutation } from "@tanstack/react-query";
import { FileText } from "lucide-react";
import { lazy, Suspense, startTransition, useState } from "react";
import { useLanguage, useT } from "../../../lib/i18n.ts";
import type { BotSource } from "../../../lib/models.ts";
import { trpc } from "../../../lib/trpc.ts";
import {
  Button,
  EmptyState,
  ErrorState,
  explainError,
  Skeleton,
  toast,
  uiStrings,
} from "../../../ui/index.ts";
import { UsageNotice } from "../../usage/usage-notice.tsx";
import { SourceList, useSources } from "../sources/index.ts";
import { type DocumentFilter, noFilter } from "./document-filter.ts";
import { DocumentList } from "./document-list.tsx";
import { putDocument, refetchBot } from "./documents-cache.ts";
import { DropBox } from "./drop-box.tsx";
import { samples } from "./sample-text.ts";
import { documentsTabStrings } from "./strings.ts";
import { TextDialog } from "./text-dialog.tsx";
import { useDocuments } from "./use-document-changes.ts";
import { useUpload } from "./use-upload.ts";

const DataDialog = lazy(() => import("./data-dialog.tsx"));
const SearchDialog = lazy(() => import("./search-dialog.tsx"));
const SourceDialog = lazy(() => import("../sources/source-dialog.tsx"));

/** What the bot knows: add, watch being read, read, try again, delete. */
export function DocumentsTab({ botId }: { botId: string }) {
  const documents = useDocuments(botId);
  const sources = useSources(botId);
  const { uploads, queue } = useUpload(botId);
  const [adding, setAdding] = useState<Adding | null>(null);
  const [filter, setFilter] = useState<DocumentFilter>(noFilter);
  const add = (next: Adding) => startTransition(() => setAdding(next));
  const close = () => setAdding(null);
  return (
    <DropBox
      onFiles={(files) => queue.add(files)}
      onText={(text) => setAdding({ kind: "text", text })}
      onData={() => add({ kind: "data" })}
      onWeb={(url) => add({ kind: "web", url })}
    >
      <UsageNotice
        limits={["documents", "storage", "processingJobs"]}
        {...(documents.data ? { documents: documents.data.length } : {})}
      />
      <SourceList
        sources={sources.data ?? []}
        onShowDocuments={(source) => setFilter({ ...noFilter, source })}
      />
      <Contents
        {...{ botId, documents, uploads, queue, filter, setFilter }}
        sources={sources.data ?? []}
        onSearch={() => add({ kind: "search" })}
      />
      {adding?.kind === "text" ? <TextDialog botId={botId} initial={adding.text} onClose={close} /> : null}
      <Suspense fallback={null}>
        {adding?.kind === "search" ? <SearchDialog botId={botId} onClose={close} /> : null}
        {adding?.kind === "data" ? <DataDialog botId={botId} onClose={close} /> : null}
        {adding?.kind === "web" ? (
          <SourceDialog botId={botId} initialUrl={adding.url} onClose={close} />
        ) : null}
      </Suspense>
    </DropBox>
  );
}

/** What is open over the tab: a dialog that adds something, or the one that tries the search. */
type Adding =
  | { kind: "search" }
  | { kind: "text"; text: string }
  | { kind: "data" }
  | { kind: "web"; url: string };

function Contents({
  botId,
  documents,
  sources,
  uploads,
  queue,
  filter,
  setFilter,
  onSearch,
}: {
  botId: string;
  documents: ReturnType<typeof useDocuments>;
  sources: readonly BotSource[];
  filter: DocumentFilter;
  setFilter: (filter: DocumentFilter) => void;
  onSearch: () => void;
} & ReturnType<typeof useUpload>) {
  const t = useT(documentsTabStrings);
  if (documents.isPending) return <ListSkeleton label={t("list.loading")} />;
  if (documents.isError) {
    return (
      <ErrorState error={documents.error} title={t("list.failed")} onRetry={() => void documents.refetch()} />
    );
  }
  if (documents.data.length === 0 && uploads.length === 0) {
    return sources.length === 0 ? <NoDocuments botId={botId} /> : null;
  }
  return (
    <DocumentList
      documents={documents.data}
      {...{ botId, uploads, queue, sources, filter, setFilter, onSearch }}
    />
  );
}

function NoDocuments({ botId }: { botId: string }) {
  const t = useT(documentsTabStrings);
  const kit = useT(uiStrings);
  const language = useLanguage();
  const add = useMutation(
    trpc.botDocument.addManualText.mutationOptions({
      onSuccess: (document) => {
        putDocument(botId, document);
        refetchBot(botId);
      },
      onError: (error) => toast.failed(kit("unexpected"), explainError(error, kit)),
    }),
  );
  return (
    <EmptyState
      icon={<FileText aria-hidden />}
      title={t("empty.title")}
      action={
        <Button
          pending={add.isPending}
          onClick={() => add.mutate({ botId, name: t("sample.name"), content: samples[language].content })}
        >
          {t("empty.sample")}
        </Button>
      }
    >
      {t("empty.text")}
    </EmptyState>
  );
}

function ListSkeleton({ label }: { label: string }) {
  return (
    <div role="status" aria-label={label} className="flex flex-col gap-px">
      <Skeleton className="h-16" />
      <Skeleton className="h-16" />
      <Skeleton className="h-16" />
    </div>
  );
}
