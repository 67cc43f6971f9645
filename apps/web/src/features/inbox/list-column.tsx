import { useNavigate } from "@tanstack/react-router";
import { Inbox, Keyboard, SearchX } from "lucide-react";
import type { RefObject } from "react";
import { useT } from "../../lib/i18n.ts";
import {
  Button,
  EmptyState,
  ErrorState,
  IconButton,
  PageHeader,
  SearchField,
  Skeleton,
} from "../../ui/index.ts";
import { ConversationRow } from "./conversation-row.tsx";
import { inboxStrings } from "./strings.ts";
import type { useConversations } from "./use-conversations.ts";
import { ViewSwitch } from "./view-switch.tsx";
import type { View } from "./views.ts";

interface ListColumnProps {
  view: View;
  search: string | undefined;
  conversations: ReturnType<typeof useConversations>;
  openId: string | undefined;
  fresh: ReadonlySet<string>;
  searchBox: RefObject<HTMLInputElement | null>;
  onShowShortcuts: () => void;
}

/** The left column: views, search, rows. */
export function ListColumn(props: ListColumnProps) {
  const { view, search, conversations, openId, fresh, searchBox, onShowShortcuts } = props;
  const { query, items, counts } = conversations;
  const t = useT(inboxStrings);
  const navigate = useNavigate();
  return (
    <>
      <PageHeader title={t("title")}>
        <IconButton
          label={t("shortcuts")}
          icon={<Keyboard className="size-4" aria-hidden />}
          onClick={onShowShortcuts}
          className="max-md:hidden"
        />
      </PageHeader>
      <ViewSwitch current={view} counts={counts} />
      <SearchField
        ref={searchBox}
        label={t("search")}
        search={search}
        onSearch={(wanted) =>
          void navigate({
            to: ".",
            search: ({ search: _, ...now }: { search?: string }) =>
              wanted === undefined ? now : { ...now, search: wanted },
            replace: true,
          })
        }
        onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
        className="px-4 pb-3"
      />
      <div className="min-h-0 grow overflow-auto">
        {query.isError && items.length === 0 ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ) : query.isPending ? (
          <div className="flex flex-col gap-px">
            {[1, 2, 3, 4, 5].map((row) => (
              <Skeleton key={row} className="h-[76px]" />
            ))}
          </div>
        ) : items.length === 0 ? (
          <NothingHere view={view} search={search} />
        ) : (
          <>
            <ul aria-label={t("list")} className="border-t border-line">
              {items.map((conversation) => (
                <ConversationRow
                  key={conversation.id}
                  conversation={conversation}
                  selected={conversation.id === openId}
                  fresh={fresh.has(conversation.id)}
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
    </>
  );
}

function NothingHere({ view, search }: { view: View; search: string | undefined }) {
  const t = useT(inboxStrings);
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
