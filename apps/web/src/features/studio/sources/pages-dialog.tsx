import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { BotSource, SourcePage } from "../../../lib/models.ts";
import { trpc } from "../../../lib/trpc.ts";
import { Dialog, ErrorState, Pager, Select, Skeleton } from "../../../ui/index.ts";
import { reasonWord, safeUrl, shortUrl } from "./source-words.ts";
import { sourcesStrings } from "./strings.ts";

const states = ["failed", "skipped", "kept", "pending"] as const;

/** What became of each address that a source found: problems first. */
export default function PagesDialog({ source, onClose }: { source: BotSource; onClose: () => void }) {
  const t = useT(sourcesStrings);
  const [state, setState] = useState<SourcePage["state"]>(source.pages.failed > 0 ? "failed" : "skipped");
  const [page, setPage] = useState(1);
  const pages = useQuery(
    trpc.botSource.pages.queryOptions(
      { botId: source.botId, sourceId: source.id, state, page, pageSize: 25 },
      { placeholderData: keepPreviousData },
    ),
  );
  const total = pages.data?.meta.totalPages ?? 1;
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t("pages.title", { url: shortUrl(source.url) })}
      footer={total > 1 ? <Pager page={page} pages={total} onPage={setPage} className="grow" /> : null}
    >
      <div className="flex flex-col gap-3">
        <Select
          label={t("pages.state")}
          value={state}
          options={states.map((value) => ({ value, label: t(`pages.${value}`) }))}
          onChange={(next) => {
            setState(next);
            setPage(1);
          }}
          className="max-w-60"
        />
        {pages.isPending ? <Skeleton className="h-24" /> : null}
        {pages.isError ? (
          <ErrorState error={pages.error} title={t("list.failed")} onRetry={() => void pages.refetch()} />
        ) : null}
        {pages.data?.items.length === 0 ? <p className="text-14 text-ink-2">{t("pages.empty")}</p> : null}
        <ul className="flex flex-col">
          {pages.data?.items.map((each) => (
            <PageLine key={each.id} page={each} />
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

function PageLine({ page }: { page: SourcePage }) {
  const t = useT(sourcesStrings);
  const address = safeUrl(page.url);
  const reason = reasonWord(page.reason, t);
  return (
    <li className="border-b border-line py-2 last:border-b-0">
      <a
        href={address ?? undefined}
        target="_blank"
        rel="noopener noreferrer"
        className="block truncate text-14 hover:underline"
      >
        <bdi dir="ltr">{shortUrl(page.url)}</bdi>
      </a>
      {reason ? (
        <p className="text-13 text-ink-2">
          {reason}
          {page.httpStatus ? <bdi> ({page.httpStatus})</bdi> : null}
        </p>
      ) : null}
    </li>
  );
}
