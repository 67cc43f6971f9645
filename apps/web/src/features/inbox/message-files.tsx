import { useMutation } from "@tanstack/react-query";
import { Paperclip } from "lucide-react";
import { useFormat } from "../../lib/format.ts";
import { useT } from "../../lib/i18n.ts";
import { queryClient, trpc } from "../../lib/trpc.ts";
import { explainError, toast, uiStrings } from "../../ui/index.ts";
import type { SentFile } from "../messages/index.ts";
import { writingStrings } from "./writing.strings.ts";

/** The files of a message. Each is only ever downloaded: nothing that somebody sent is shown as a page of ours. */
export function MessageFiles({ files }: { files: readonly SentFile[] }) {
  const t = useT(writingStrings);
  const ui = useT(uiStrings);
  const format = useFormat();
  const open = useMutation({
    mutationFn: (attachmentId: string) =>
      queryClient.fetchQuery(
        trpc.conversations.openAttachment.queryOptions({ attachmentId }, { staleTime: 0 }),
      ),
    onSuccess: ({ url }) => window.location.assign(url),
    onError: (error) => toast.failed(t("files.notOpened"), explainError(error, ui)),
  });
  if (files.length === 0) return null;
  return (
    <ul aria-label={t("files")} className="mt-1 flex flex-wrap gap-2">
      {files.map(({ id, fileName, size }) => (
        <li key={id}>
          <button
            type="button"
            className="flex items-center gap-2 rounded-control border border-line px-2 py-1 text-13 hover:bg-surface-2"
            onClick={() => open.mutate(id)}
          >
            <Paperclip className="size-4 text-ink-3" aria-hidden />
            <bdi className="[overflow-wrap:anywhere]">{fileName}</bdi>
            <span className="shrink-0 text-12 text-ink-3">{format.bytes(size)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
