import { RotateCw, X } from "lucide-react";
import { useFormat } from "../../lib/format.ts";
import { useT } from "../../lib/i18n.ts";
import { explainError, IconButton, ProgressBar, uiStrings } from "../../ui/index.ts";
import type { Attachment } from "./attachments.ts";
import { writingStrings } from "./writing.strings.ts";

interface AttachmentListProps {
  files: readonly Attachment[];
  onRetry: (key: number) => void;
  onRemove: (key: number) => void;
}

/** The files that go with the next message, and how far each is. */
export function AttachmentList({ files, onRetry, onRemove }: AttachmentListProps) {
  const t = useT(writingStrings);
  const ui = useT(uiStrings);
  const format = useFormat();
  if (files.length === 0) return null;
  return (
    <ul aria-label={t("files")} className="flex flex-col gap-1 px-3 pb-2">
      {files.map(({ key, file, state }) => (
        <li key={key} className="flex items-center gap-2 rounded-control bg-surface-2 px-2 py-1 text-13">
          <span className="min-w-0 grow">
            <span className="flex items-baseline gap-2">
              <bdi className="truncate">{file.name}</bdi>
              <span className="shrink-0 text-12 text-ink-3">{format.bytes(file.size)}</span>
            </span>
            {state.kind === "sending" ? (
              <ProgressBar value={state.share * 100} label={t("files.sending", { name: file.name })} />
            ) : state.kind === "failed" ? (
              <span role="alert" className="text-12 text-bad">
                {t("files.failed", { reason: explainError(state.error, ui) })}
              </span>
            ) : state.kind === "too_large" ? (
              <span role="alert" className="text-12 text-bad">
                {t("files.tooLarge")}
              </span>
            ) : null}
          </span>
          {state.kind === "failed" ? (
            <IconButton
              size="sm"
              label={t("files.retry", { name: file.name })}
              icon={<RotateCw className="size-3.5" aria-hidden />}
              onClick={() => onRetry(key)}
            />
          ) : null}
          <IconButton
            size="sm"
            label={t("files.remove", { name: file.name })}
            icon={<X className="size-3.5" aria-hidden />}
            onClick={() => onRemove(key)}
          />
        </li>
      ))}
    </ul>
  );
}
