import { useMutation } from "@tanstack/react-query";
import { EllipsisVertical, ExternalLink, FileText, FileX, RotateCcw } from "lucide-react";
import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import type { BotDocument } from "../../../lib/models.ts";
import { trpc } from "../../../lib/trpc.ts";
import {
  Badge,
  Button,
  buttonClass,
  explainError,
  IconButton,
  Menu,
  Time,
  toast,
  uiStrings,
} from "../../../ui/index.ts";
import { mediaTypeLabel } from "../../documents/index.tsx";
import { PassageLink } from "../passage-link.tsx";
import { safeUrl, shortUrl } from "../sources/index.ts";
import { refetchDocuments } from "./documents-cache.ts";
import { freshnessStrings } from "./freshness-strings.ts";
import { ItemRow } from "./item-row.tsx";
import { stageWord } from "./stage-words.ts";
import { documentsTabStrings } from "./strings.ts";
import { isProcessing } from "./use-document-changes.ts";

export function DocumentRow({
  document,
  stale,
  onDelete,
}: {
  document: BotDocument;
  /** Nobody renewed it for longer than its owner wants. */
  stale: boolean;
  onDelete: (document: BotDocument) => void;
}) {
  const t = useT(documentsTabStrings);
  const kit = useT(uiStrings);
  const format = useFormat();
  const reprocess = useMutation(
    trpc.knowledge.reprocess.mutationOptions({
      onSuccess: () => refetchDocuments(document.botId),
      onError: (error) => toast.failed(t("retry.failed"), explainError(error, kit)),
    }),
  );

  const fresh = useT(freshnessStrings);
  const affirm = useMutation(
    trpc.knowledge.affirm.mutationOptions({
      onSuccess: () => {
        refetchDocuments(document.botId);
        toast.done(fresh("affirm.done"));
      },
      onError: (error) => toast.failed(kit("unexpected"), explainError(error, kit)),
    }),
  );

  const { fileName: name, status } = document;
  const processing = isProcessing(document);
  const failed = status === "FAILED";
  const stage = stageWord(document, t);
  const passages = t("row.passages", { count: document.chunkCount });

  function line() {
    if (failed) {
      return (
        <>
          {stage}: <bdi>{document.errorMessage ?? t("row.failed.unknown")}</bdi>
        </>
      );
    }
    if (processing) {
      const share = t("row.progress", { stage, percent: format.percent(document.progress / 100) });
      return document.chunkCount > 0 ? `${share} · ${passages}` : share;
    }
    const kind = mediaTypeLabel(document.fileType);
    const size = document.fileSize === null ? null : format.bytes(document.fileSize);
    return (
      <>
        {[passages, kind, size].filter(Boolean).join(" · ")} · {t("row.renewed")}{" "}
        <Time value={document.refreshedAt} />
      </>
    );
  }

  const address = safeUrl(document.url);
  const retry = () => reprocess.mutate({ id: document.id });
  return (
    <ItemRow
      icon={failed ? <FileX aria-hidden /> : <FileText aria-hidden />}
      name={
        status === "PROCESSED" ? (
          <PassageLink
            passage={{ documentId: document.id, spans: [] }}
            className="hover:underline"
            label={t("row.open", { name })}
          >
            <bdi>{name}</bdi>
          </PassageLink>
        ) : (
          <bdi>{name}</bdi>
        )
      }
      line={line()}
      bad={failed}
      progress={processing ? { value: document.progress, label: `${name}: ${stage}` } : null}
      actions={
        <>
          {stale ? (
            <>
              <Badge tone="warn">{fresh("badge")}</Badge>
              <Button size="sm" pending={affirm.isPending} onClick={() => affirm.mutate({ id: document.id })}>
                {fresh("affirm")}
              </Button>
            </>
          ) : null}
          {failed ? (
            <Button
              size="sm"
              pending={reprocess.isPending}
              icon={<RotateCcw className="size-4" aria-hidden />}
              onClick={retry}
            >
              {t("row.retry")}
            </Button>
          ) : null}
          {address ? (
            <a
              href={address}
              target="_blank"
              rel="noopener noreferrer"
              aria-label={t("row.visit", { url: shortUrl(address) })}
              className={buttonClass("ghost", "sm")}
            >
              <ExternalLink className="flip-rtl size-4" aria-hidden />
            </a>
          ) : null}
          <Menu
            trigger={
              <IconButton
                size="sm"
                label={t("row.actions", { name })}
                icon={<EllipsisVertical className="size-4" aria-hidden />}
              />
            }
            items={[
              { label: t("row.again"), onSelect: retry, disabled: processing },
              { label: t("row.delete"), onSelect: () => onDelete(document), danger: true },
            ]}
          />
        </>
      }
    />
  );
}
