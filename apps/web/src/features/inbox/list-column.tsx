import { useNavigate } from "@tanstack/react-router";
import { Inbox, Keyboard, ListChecks, ListFilter, SearchX } from "lucide-react";
import { lazy, type RefObject, Suspense, startTransition } from "react";
import { useT } from "../../lib/i18n.ts";
import { may, useSession } from "../../lib/session.ts";
import {
  Button,
  cx,
  EmptyState,
  ErrorState,
  IconButton,
  PageHeader,
  SearchField,
  Skeleton,
} from "../../ui/index.ts";
import { ConversationRow } from "./conversation-row.tsx";
import { deskStrings } from "./desk.strings.ts";
import { filterOf, sizeOf, textOf } from "./filter.ts";
import { shortcutStrings } from "./shortcuts.strings.ts";
import { inboxStrings } from "./strings.ts";
import type { useConversations } from "./use-conversations.ts";
import { ViewSwitch } from "./view-switch.tsx";
import type { View } from "./views.ts";

const DeskBar = lazy(() => import("./desk-bar.tsx"));
const SavedViews = lazy(() => import("./saved-views.tsx"));
const FilterPanel = lazy(() => import("./filter-panel.tsx"));
const BulkBar = lazy(() => import("./bulk-bar.tsx"));

interface ListColumnProps {
  view: View;
  search: string | undefined;
  /** As the URL has it. */
  filter: string | undefined;
  /** The saved view that it began as. */
  saved: string | undefined;
  conversations: ReturnType<typeof useConversations>;
  openId: string | undefined;
  fresh: ReadonlySet<string>;
  searchBox: RefObject<HTMLInputElement | null>;
  onShowShortcuts: () => void;
  showFilters: boolean;
  onShowFilters: (show: boolean) => void;
  /** The chosen ones while several are being chosen; null otherwise. */
  chosen: ReadonlySet<string> | null;
  onChosen: (chosen: ReadonlySet<string> | null) => void;
  takeNext: RefObject<(() => void) | null>;
}

/** The left column: views, search, rows. */
export function ListColumn(props: ListColumnProps) {
  const { view, search, filter, saved, conversations, openId, fresh, searchBox, onShowShortcuts } = props;
  const { showFilters, onShowFilters, chosen, onChosen, takeNext } = props;
  const { query, items, counts } = conversations;
  const t = useT(inboxStrings);
  const keys = useT(shortcutStrings);
  const desk = useT(deskStrings);
  const navigate = useNavigate();
  const mayAnswer = may(useSession(), "answer conversations");
  const narrowed = filterOf(filter);
  const setSearch = (name: "search" | "filter", wanted: string | undefined) =>
    void navigate({
      to: ".",
      search: ({ [name]: _, ...now }: { search?: string; filter?: string }) =>
        wanted === undefined ? now : { ...now, [name]: wanted },
      replace: true,
    });
  const choose = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChosen(next);
  };
  return (
    <>
      <PageHeader title={t("title")}>
        {mayAnswer ? (
          <IconButton
            label={desk("select")}
            icon={<ListChecks className="size-4" aria-hidden />}
            aria-pressed={chosen !== null}
            onClick={() => startTransition(() => onChosen(chosen ? null : new Set()))}
          />
        ) : null}
        <IconButton
          label={keys("shortcuts")}
          icon={<Keyboard className="size-4" aria-hidden />}
          onClick={onShowShortcuts}
          className="max-md:hidden"
        />
      </PageHeader>
      <Suspense>{mayAnswer ? <DeskBar takeNext={takeNext} /> : null}</Suspense>
      <ViewSwitch current={view} counts={counts} />
      <Suspense>{mayAnswer ? <SavedViews listed={{ view, filter, search, saved }} /> : null}</Suspense>
      <div className="flex items-center gap-1 px-4 pb-3">
        <SearchField
          ref={searchBox}
          label={t("search")}
          search={search}
          onSearch={(wanted) => setSearch("search", wanted)}
          onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
          className="min-w-0 grow"
        />
        <IconButton
          label={sizeOf(narrowed) === 0 ? desk("filters") : desk("filters.on", { count: sizeOf(narrowed) })}
          icon={<ListFilter className={cx("size-4", sizeOf(narrowed) > 0 && "text-accent")} aria-hidden />}
          aria-expanded={showFilters}
          onClick={() => startTransition(() => onShowFilters(!showFilters))}
        />
      </div>
      <div className="min-h-0 grow overflow-auto">
        <Suspense>
          {showFilters ? (
            <FilterPanel filter={narrowed} onChange={(next) => setSearch("filter", textOf(next))} />
          ) : null}
        </Suspense>
        {query.isError && items.length === 0 ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ) : query.isPending ? (
          <div className="flex flex-col gap-px">
            {[1, 2, 3, 4, 5].map((row) => (
              <Skeleton key={row} className="h-[76px]" />
            ))}
          </div>
        ) : items.length === 0 ? (
          <NothingHere
            view={view}
            search={search}
            onClear={filter && (() => setSearch("filter", undefined))}
          />
        ) : (
          <>
            <ul aria-label={t("list")} className="border-t border-line">
              {items.map((conversation) => (
                <ConversationRow
                  key={conversation.id}
                  conversation={conversation}
                  selected={conversation.id === openId}
                  fresh={fresh.has(conversation.id)}
                  isChosen={chosen?.has(conversation.id) ?? false}
                  onChoose={chosen && choose}
                />
              ))}
            </ul>
            {query.hasNextPage ? (
              <div className="flex justify-center p-3">
                <Button
                  size="sm"
                  pending={query.isFetchingNextPage}
                  onClick={() => void query.fetchNextPage()}
                >
                  {t("more")}
                </Button>
              </div>
            ) : null}
          </>
        )}
      </div>
      <Suspense>
        {chosen ? (
          <BulkBar selected={items.filter(({ id }) => chosen.has(id))} onEnd={() => onChosen(null)} />
        ) : null}
      </Suspense>
    </>
  );
}

interface NothingHereProps {
  view: View;
  search: string | undefined;
  /** There where filters are set. */
  onClear: (() => void) | "" | undefined;
}

function NothingHere({ view, search, onClear }: NothingHereProps) {
  const t = useT(inboxStrings);
  const desk = useT(deskStrings);
  if (onClear) {
    return (
      <EmptyState
        icon={<SearchX aria-hidden />}
        title={desk("filters.none")}
        action={<Button onClick={onClear}>{desk("filters.clear")}</Button>}
      >
        {desk("filters.none.text")}
      </EmptyState>
    );
  }
  if (search !== undefined) {
    return (
      <EmptyState icon={<SearchX aria-hidden />} title={t("empty.search", { search })}>
        {t("empty.search.text")}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={<Inbox aria-hidden />} title={t(`empty.${view}`)}>
      {t(`empty.${view}.text`)}
    </EmptyState>
  );
}
