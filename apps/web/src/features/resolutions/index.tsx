import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useSubscription } from "@trpc/tanstack-react-query";
import { Wrench } from "lucide-react";
import { useDeferredValue } from "react";
import { useT } from "../../lib/i18n.ts";
import { may, useSession } from "../../lib/session.ts";
import { trpc } from "../../lib/trpc.ts";
import { buttonClass, EmptyState, ErrorState, PageHeader, SearchField, Skeleton } from "../../ui/index.ts";
import { Board } from "./board.tsx";
import { ResolutionPanel } from "./resolution-panel.tsx";
import { resolutionStrings } from "./strings.ts";

const route = getRouteApi("/signed-in/resolutions");

/** The work behind customers' problems, by status; the one that is open lies beside the board. */
export function ResolutionsPage() {
  const t = useT(resolutionStrings);
  const session = useSession();
  if (!may(session, "read resolutions")) {
    return (
      <>
        <PageHeader title={t("title")} />
        <EmptyState icon={<Wrench aria-hidden />} title={t("only.title")} className="pt-24">
          {t("only.text")}
        </EmptyState>
      </>
    );
  }
  return <Workshop />;
}

function Workshop() {
  const t = useT(resolutionStrings);
  const queryClient = useQueryClient();
  const { id, search } = route.useSearch();
  const navigate = route.useNavigate();
  const sought = useDeferredValue(search);
  const counts = useQuery(trpc.resolutions.counts.queryOptions(sought ? { search: sought } : {}));
  useSubscription(
    trpc.resolutions.changes.subscriptionOptions(
      {},
      {
        // what happened while there was no connection is in the lists, not in the events
        onStarted: () => void queryClient.invalidateQueries(trpc.resolutions.pathFilter()),
        onData: () => void queryClient.invalidateQueries(trpc.resolutions.pathFilter()),
      },
    ),
  );
  const total = counts.data ? Object.values(counts.data).reduce((sum, n) => sum + n, 0) : undefined;
  return (
    <>
      <PageHeader title={t("title")}>
        <SearchField
          label={t("search")}
          className="max-sm:w-40"
          search={search}
          onSearch={(wanted) =>
            void navigate({
              search: (now) => ({ ...(now.id ? { id: now.id } : {}), ...(wanted ? { search: wanted } : {}) }),
              replace: true,
            })
          }
        />
      </PageHeader>
      <div className="relative flex min-h-0 grow">
        <div className="min-w-0 grow overflow-auto">
          {counts.error ? (
            <ErrorState error={counts.error} onRetry={() => void counts.refetch()} />
          ) : total === undefined ? (
            <Skeleton className="m-4 h-72" />
          ) : total === 0 ? (
            <Nothing isSearch={Boolean(sought)} />
          ) : (
            <Board search={sought} openId={id} />
          )}
        </div>
        {id ? (
          <ResolutionPanel
            key={id}
            resolutionId={id}
            onClose={() => void navigate({ search: (now) => (now.search ? { search: now.search } : {}) })}
          />
        ) : null}
      </div>
    </>
  );
}

function Nothing({ isSearch }: { isSearch: boolean }) {
  const t = useT(resolutionStrings);
  if (isSearch) return <p className="p-6 text-center text-14 text-ink-2">{t("found.none")}</p>;
  return (
    <EmptyState
      icon={<Wrench aria-hidden />}
      title={t("empty.title")}
      className="pt-24"
      action={
        <Link to="/inbox" className={buttonClass("primary")}>
          {t("empty.action")}
        </Link>
      }
    >
      {t("empty.text")}
    </EmptyState>
  );
}
