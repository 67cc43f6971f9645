import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../../../lib/i18n.ts";
import type { Prompt } from "../../../../lib/models.ts";
import { trpc } from "../../../../lib/trpc.ts";
import { Button, ErrorState, Panel, Skeleton } from "../../../../ui/index.ts";
import { HistoryRow } from "./history-row.tsx";
import { promptHistoryStrings } from "./strings.ts";

const pageSize = 10;

/** What the prompt was: who changed it when, what changed, and back to any version. */
export function PromptHistory({
  prompt,
  dirty,
}: {
  prompt: Prompt;
  /** There are unsaved changes, which going back would leave behind. */
  dirty: boolean;
}) {
  const t = useT(promptHistoryStrings);
  const [page, setPage] = useState(1);
  const versions = useQuery(
    trpc.botPrompt.history.queryOptions(
      { id: prompt.id, page, pageSize },
      { placeholderData: keepPreviousData },
    ),
  );
  const pages = versions.data?.meta.totalPages ?? 1;
  return (
    <Panel title={t("title")} description={t("text")}>
      {versions.isPending ? (
        <div role="status" aria-label={t("loading")} className="flex flex-col gap-2">
          <Skeleton className="h-10" />
          <Skeleton className="h-10" />
        </div>
      ) : versions.isError ? (
        <ErrorState
          error={versions.error}
          title={t("failed")}
          onRetry={() => void versions.refetch()}
          className="py-2!"
        />
      ) : (
        <>
          <ol className="-my-2 divide-y divide-line">
            {versions.data.items.map((version) => (
              <HistoryRow key={version.version} prompt={prompt} version={version} dirty={dirty} />
            ))}
          </ol>
          {pages > 1 ? (
            <nav aria-label={t("pages")} className="mt-4 flex items-center justify-between">
              <Button size="sm" disabled={page <= 1} onClick={() => setPage(page - 1)}>
                {t("newer")}
              </Button>
              <span className="text-13 text-ink-2">{t("page", { page, pages })}</span>
              <Button size="sm" disabled={page >= pages} onClick={() => setPage(page + 1)}>
                {t("older")}
              </Button>
            </nav>
          ) : null}
        </>
      )}
    </Panel>
  );
}
