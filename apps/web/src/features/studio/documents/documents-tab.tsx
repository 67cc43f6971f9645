import { useMutation } from "@tanstack/react-query";
import { FileText } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { useLanguage, useT } from "../../../lib/i18n.ts";
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
import { DocumentList } from "./document-list.tsx";
import { putDocument, refetchBot } from "./documents-cache.ts";
import { DropBox } from "./drop-box.tsx";
import { samples } from "./sample-text.ts";
import { documentsTabStrings } from "./strings.ts";
import { TextDialog } from "./text-dialog.tsx";
import { useDocuments } from "./use-document-changes.ts";
import { useUpload } from "./use-upload.ts";

const UsageNotice = lazy(() => import("../../usage/usage-notice.tsx"));

/** What the bot knows: add, watch being read, read, try again, delete. */
export function DocumentsTab({ botId }: { botId: string }) {
  const documents = useDocuments(botId);
  const { uploads, queue } = useUpload(botId);
  const [draft, setDraft] = useState<string | null>(null);
  return (
    <DropBox onFiles={(files) => queue.add(files)} onText={setDraft}>
      <Suspense>
        <UsageNotice
          limits={["documents", "storage", "processingJobs"]}
          {...(documents.data ? { documents: documents.data.length } : {})}
        />
      </Suspense>
      <Contents botId={botId} documents={documents} uploads={uploads} queue={queue} />
      {draft === null ? null : <TextDialog botId={botId} initial={draft} onClose={() => setDraft(null)} />}
    </DropBox>
  );
}

function Contents({
  botId,
  documents,
  uploads,
  queue,
}: { botId: string; documents: ReturnType<typeof useDocuments> } & ReturnType<typeof useUpload>) {
  const t = useT(documentsTabStrings);
  if (documents.isPending) return <ListSkeleton label={t("list.loading")} />;
  if (documents.isError) {
    return (
      <ErrorState error={documents.error} title={t("list.failed")} onRetry={() => void documents.refetch()} />
    );
  }
  if (documents.data.length === 0 && uploads.length === 0) return <NoDocuments botId={botId} />;
  return <DocumentList documents={documents.data} uploads={uploads} queue={queue} />;
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
