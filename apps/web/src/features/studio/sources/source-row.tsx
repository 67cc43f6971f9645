import { useMutation } from "@tanstack/react-query";
import { EllipsisVertical, Globe, GlobeX } from "lucide-react";
import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import type { BotSource } from "../../../lib/models.ts";
import { trpc } from "../../../lib/trpc.ts";
import { explainError, IconButton, Menu, Time, toast, uiStrings } from "../../../ui/index.ts";
import { ItemRow } from "../documents/item-row.tsx";
import { failureWord, safeUrl, shortUrl } from "./source-words.ts";
import { sourcesStrings } from "./strings.ts";
import { isReading, putSource } from "./use-sources.ts";

export type SourceAction = "pages" | "change" | "remove";

/** A web source: how far its reading is, or what came of it and when it is read again. */
export function SourceRow({
  source,
  onAction,
  onShowDocuments,
}: {
  source: BotSource;
  onAction: (action: SourceAction) => void;
  onShowDocuments: () => void;
}) {
  const t = useT(sourcesStrings);
  const kit = useT(uiStrings);
  const format = useFormat();
  const refresh = useMutation(
    trpc.botSource.refresh.mutationOptions({
      onSuccess: (next) => putSource(next.botId, next),
      onError: (error) => toast.failed(t("refresh.failed"), explainError(error, kit)),
    }),
  );
  const { botId, id: sourceId, pages } = source;
  const url = shortUrl(source.url);
  const reading = isReading(source);
  const failed = source.status === "FAILED";

  function line() {
    if (source.status === "QUEUED") return t("row.queued");
    if (reading) {
      const { done, found } = pages;
      return t("row.crawling", { done: format.number(done), found: format.number(found) });
    }
    if (failed) return failureWord(source, t);
    return (
      <>
        {t("row.documents", { count: pages.documents })}
        {pages.failed > 0 ? ` · ${t("row.failures", { count: pages.failed })}` : null}
        {source.lastCrawledAt ? (
          <>
            {` · ${t("row.read")} `}
            <Time value={source.lastCrawledAt} />
          </>
        ) : null}
        {source.nextCrawlAt ? (
          <>
            {` · ${t("row.next")} `}
            <Time value={source.nextCrawlAt} />
          </>
        ) : null}
        {source.notice === "LIMIT_REACHED" && source.kind === "site" ? (
          <span className="block whitespace-normal text-warn">
            {t("row.limit", { limit: format.number(source.maxPages) })}
          </span>
        ) : null}
      </>
    );
  }

  const address = safeUrl(source.url);
  return (
    <ItemRow
      icon={failed ? <GlobeX aria-hidden /> : <Globe aria-hidden />}
      name={
        address ? (
          <a
            href={address}
            target="_blank"
            rel="noopener noreferrer"
            aria-label={t("row.visit", { url })}
            className="hover:underline"
          >
            <bdi dir="ltr">{url}</bdi>
          </a>
        ) : (
          <bdi dir="ltr">{url}</bdi>
        )
      }
      line={line()}
      bad={failed}
      progress={
        reading
          ? { value: pages.found === 0 ? 0 : (pages.done / pages.found) * 100, label: `${url}: ${line()}` }
          : null
      }
      actions={
        <Menu
          trigger={
            <IconButton
              size="sm"
              label={t("row.actions", { url })}
              icon={<EllipsisVertical className="size-4" aria-hidden />}
            />
          }
          items={[
            {
              label: t("action.refresh"),
              onSelect: () => refresh.mutate({ botId, sourceId }),
              disabled: reading || refresh.isPending,
            },
            { label: t("action.documents"), onSelect: onShowDocuments, disabled: pages.documents === 0 },
            { label: t("action.pages"), onSelect: () => onAction("pages") },
            { label: t("action.change"), onSelect: () => onAction("change") },
            { label: t("action.remove"), onSelect: () => onAction("remove"), danger: true },
          ]}
        />
      }
    />
  );
}
