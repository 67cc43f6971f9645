import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Bot as BotIcon, Plus, SearchX } from "lucide-react";
import { lazy, Suspense, startTransition, useState } from "react";
import { useT } from "../../lib/i18n.ts";
import type { Bot } from "../../lib/models.ts";
import { trpc } from "../../lib/trpc.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { Pager } from "../../ui/pager.tsx";
import { SearchField } from "../../ui/search-field.tsx";
import { EmptyState, ErrorState, Skeleton } from "../../ui/states.tsx";
import { UsageNotice } from "../usage/usage-notice.tsx";
import { BotFilters } from "./bot-filters.tsx";
import { BotRow } from "./bot-row.tsx";
import { listChoices } from "./list-choices.ts";
import { botsStrings } from "./strings.ts";

const pageSize = 20;

// Not needed to see the list, so not part of the first load.
const CreateBotDialog = lazy(() => import("./create-bot-dialog.tsx"));
const DeleteBotDialog = lazy(() => import("./delete-bot-dialog.tsx"));

/** All bots of the tenant. Search, filter, order, page and the open dialog are in the URL. */
export function BotsPage() {
  const t = useT(botsStrings);
  const { page = 1, search, new: creating, template, ...rest } = useSearch({ from: "/signed-in/bots" });
  const { status, sort } = listChoices(rest);
  const navigate = useNavigate({ from: "/bots" });
  const [deleting, setDeleting] = useState<Bot | null>(null);
  const bots = useQuery(
    trpc.bot.list.queryOptions(
      {
        page,
        pageSize,
        ...(search === undefined ? {} : { search }),
        ...(status === undefined ? {} : { status }),
        ...(sort === undefined ? {} : { sort }),
      },
      {
        // The rows stay where they are while the next page or search is fetched.
        placeholderData: keepPreviousData,
        // A bot that is still reading its documents changes by itself.
        refetchInterval: (query) => (query.state.data?.items.some(isWorking) ? 3_000 : false),
      },
    ),
  );

  const budgets = useQuery(trpc.budget.list.queryOptions());
  const isBudgetSpent = ({ id }: Bot) =>
    budgets.data?.some(({ botId, isExhausted }) => isExhausted && (botId === null || botId === id)) ?? false;

  const openCreate = () => void navigate({ search: (now) => ({ ...now, new: true }) });
  const closeCreate = () =>
    void navigate({ search: ({ new: _, template: _template, ...now }) => now, replace: true });
  const chooseTemplate = (id: string | null) =>
    void navigate({
      search: ({ template: _, ...now }) => (id === null ? now : { ...now, template: id }),
      replace: true,
    });
  const searchFor = (wanted: string | undefined) =>
    void navigate({
      search: ({ search: _, page: _page, ...now }) =>
        wanted === undefined ? now : { ...now, search: wanted },
      replace: true,
    });
  const clearSearch = () => void navigate({ search: {} });

  const createButton = (
    <Button variant="primary" icon={<Plus className="size-4" aria-hidden />} onClick={openCreate}>
      {t("create")}
    </Button>
  );
  const templatesLink = (
    <Link to="/templates" className={buttonClass("secondary")}>
      {t("templates")}
    </Link>
  );
  const items = bots.data?.items ?? [];
  const isFirstVisit =
    bots.isSuccess && items.length === 0 && search === undefined && status === undefined && page === 1;

  return (
    <>
      <PageHeader title={t("title")}>
        {isFirstVisit ? null : (
          <>
            {templatesLink}
            {createButton}
          </>
        )}
      </PageHeader>
      <div className="mx-auto w-full max-w-5xl p-4 md:p-6">
        <div className="mb-4 empty:hidden">
          <UsageNotice limits={["bots", "queries"]} />
        </div>
        {isFirstVisit ? (
          <EmptyState
            icon={<BotIcon aria-hidden />}
            title={t("empty.title")}
            action={
              <>
                {createButton}
                {templatesLink}
              </>
            }
            className="pt-24"
          >
            {t("empty.text")}
          </EmptyState>
        ) : (
          <>
            <div className="flex flex-wrap gap-3">
              <SearchField
                label={t("search")}
                search={search}
                onSearch={searchFor}
                className="grow basis-full sm:max-w-sm sm:basis-56"
              />
              <BotFilters status={status} sort={sort} />
            </div>
            {bots.isError ? (
              <ErrorState error={bots.error} onRetry={() => void bots.refetch()} />
            ) : bots.isPending ? (
              <Loading />
            ) : items.length === 0 ? (
              <EmptyState
                icon={<SearchX aria-hidden />}
                title={search === undefined ? t("noneInState.title") : t("none.title", { search })}
                action={
                  <Button onClick={clearSearch}>
                    {t(status === undefined ? "none.action" : "noneInState.action")}
                  </Button>
                }
              >
                {t(status === undefined ? "none.text" : "noneInState.text")}
              </EmptyState>
            ) : (
              <>
                <ul className="mt-4 divide-y divide-line rounded-panel border border-line bg-surface-1">
                  {items.map((bot) => (
                    <BotRow
                      key={bot.id}
                      bot={bot}
                      isBudgetSpent={isBudgetSpent(bot)}
                      onDelete={() => startTransition(() => setDeleting(bot))}
                    />
                  ))}
                </ul>
                <Pager
                  page={page}
                  pages={bots.data.meta.totalPages}
                  onPage={(to) => void navigate({ search: (now) => ({ ...now, page: to }) })}
                  className="mt-4"
                />
              </>
            )}
          </>
        )}
      </div>
      <Suspense>
        {creating ? (
          <CreateBotDialog templateId={template ?? null} onTemplate={chooseTemplate} onClose={closeCreate} />
        ) : null}
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
