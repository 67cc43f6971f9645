import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { BotDocument } from "../../../lib/models.ts";
import { trpc } from "../../../lib/trpc.ts";
import { ConfirmDialog, toast } from "../../../ui/index.ts";
import { DocumentNews } from "./document-news.tsx";
import { DocumentRow } from "./document-row.tsx";
import { dropDocument, refetchBot } from "./documents-cache.ts";
import { documentsTabStrings } from "./strings.ts";
import type { Upload, UploadQueue } from "./upload-queue.ts";
import { UploadRow } from "./upload-row.tsx";

/** Files on their way first, then the bot's documents, newest first. */
export function DocumentList({
  documents,
  uploads,
  queue,
}: {
  documents: readonly BotDocument[];
  uploads: readonly Upload[];
  queue: UploadQueue;
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

  return (
    <>
      <ul
        aria-label={t("list.label")}
        className="overflow-hidden rounded-panel border border-line bg-surface-1"
      >
        {uploads.map((upload) => (
          <UploadRow key={upload.id} upload={upload} queue={queue} />
        ))}
        {documents
          .filter(({ id }) => !onTheirWay.has(id))
          .map((document) => (
            <DocumentRow
              key={document.id}
              document={document}
              onDelete={(next) => {
                setDoomed(next);
                setAsking(true);
              }}
            />
          ))}
      </ul>
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
