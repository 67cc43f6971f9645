import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { Bot as BotIcon, Plus, SearchX } from "lucide-react";
import { lazy, Suspense, startTransition, useState } from "react";
import { useT } from "../../lib/i18n.ts";
import type { Bot } from "../../lib/models.ts";
import { trpc } from "../../lib/trpc.ts";
import { Button } from "../../ui/button.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { EmptyState, ErrorState, Skeleton } from "../../ui/states.tsx";
import { BotRow } from "./bot-row.tsx";
import { BotSearch } from "./bot-search.tsx";
import { Pager } from "./pager.tsx";
import { botsStrings } from "./strings.ts";

const pageSize = 20;

// Not needed to see the list, so not part of the first load.
const CreateBotDialog = lazy(() => import("./create-bot-dialog.tsx"));
const DeleteBotDialog = lazy(() => import("./delete-bot-dialog.tsx"));

/** All bots of the tenant. Search, page and the open dialog are in the URL. */
export function BotsPage() {
  const t = useT(botsStrings);
  const { page = 1, search, new: creating } = useSearch({ from: "/signed-in/bots" });
  const navigate = useNavigate({ from: "/bots" });
  const [deleting, setDeleting] = useState<Bot | null>(null);
  const bots = useQuery(
    trpc.bot.list.queryOptions(
      { page, pageSize, ...(search === undefined ? {} : { search }) },
      {
        // The rows stay where they are while the next page or search is fetched.
        placeholderData: keepPreviousData,
        // A bot that is still reading its documents changes by itself.
        refetchInterval: (query) => (query.state.data?.items.some(isWorking) ? 3_000 : false),
      },
    ),
  );

  const openCreate = () => void navigate({ search: (now) => ({ ...now, new: true }) });
  const closeCreate = () => void navigate({ search: ({ new: _, ...now }) => now, replace: true });
  const clearSearch = () => void navigate({ search: {} });

  const createButton = (
    <Button variant="primary" icon={<Plus className="size-4" aria-hidden />} onClick={openCreate}>
      {t("create")}
    </Button>
  );
  const items = bots.data?.items ?? [];
  const isFirstVisit = bots.isSuccess && items.length === 0 && search === undefined && page === 1;

  return (
    <>
      <PageHeader title={t("title")}>{isFirstVisit ? null : createButton}</PageHeader>
      <div className="mx-auto w-full max-w-5xl p-4 md:p-6">
        {isFirstVisit ? (
          <EmptyState
            icon={<BotIcon aria-hidden />}
            title={t("empty.title")}
            action={createButton}
            className="pt-24"
          >
            {t("empty.text")}
          </EmptyState>
        ) : (
          <>
            <BotSearch search={search} />
            {bots.isError ? (
              <ErrorState error={bots.error} onRetry={() => void bots.refetch()} />
            ) : bots.isPending ? (
              <Loading />
            ) : items.length === 0 ? (
              <EmptyState
                icon={<SearchX aria-hidden />}
                title={t("none.title", { search: search ?? "" })}
                action={<Button onClick={clearSearch}>{t("none.action")}</Button>}
              >
                {t("none.text")}
              </EmptyState>
            ) : (
              <>
                <ul className="mt-4 divide-y divide-line rounded-panel border border-line bg-surface-1">
                  {items.map((bot) => (
                    <BotRow key={bot.id} bot={bot} onDelete={() => startTransition(() => setDeleting(bot))} />
                  ))}
                </ul>
                <Pager page={page} pages={bots.data.meta.totalPages} />
              </>
            )}
          </>
        )}
      </div>
      <Suspense>
        {creating ? <CreateBotDialog onClose={closeCreate} /> : null}
        {deleting ? <DeleteBotDialog bot={deleting} onClose={() => setDeleting(null)} /> : null}
      </Suspense>
    </>
  );
}

function isWorking(bot: Bot): boolean {
  return bot.status === "PROCESSING_DOCUMENTS" || bot.status === "UPDATING";
}

function Loading() {
  return (
    <div className="mt-4 flex flex-col gap-px">
      {[1, 2, 3, 4].map((row) => (
        <Skeleton key={row} className="h-16" />
      ))}
    </div>
  );
}
