import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CircleHelp, SearchX } from "lucide-react";
import { useT } from "../../../lib/i18n.ts";
import { trpc } from "../../../lib/trpc.ts";
import { Button, buttonClass, EmptyState, ErrorState, Pager, Skeleton } from "../../../ui/index.ts";
import { ProblemFilters } from "./problem-filters.tsx";
import { ProblemRow } from "./problem-row.tsx";
import { qualityRoute, useProblemSearch } from "./problem-search.ts";
import { Reclustering } from "./reclustering.tsx";
import { problemsStrings } from "./strings.ts";

const pageSize = 20;

/** The problems that fit, the most frequent first. */
export function ProblemList() {
  const t = useT(problemsStrings);
  const navigate = qualityRoute.useNavigate();
  const { status, sort, search, botId, page } = useProblemSearch();
  const problems = useQuery(
    trpc.problems.list.queryOptions(
      {
        page,
        pageSize,
        sort,
        ...(status === undefined ? {} : { status }),
        ...(search === undefined ? {} : { search }),
        ...(botId === undefined ? {} : { botId }),
      },
      { placeholderData: keepPreviousData },
    ),
  );
  const isFiltered = status !== undefined || search !== undefined || botId !== undefined;
  const items = problems.data?.items ?? [];
  if (problems.isSuccess && items.length === 0 && !isFiltered && page === 1) return <FirstVisit />;
  return (
    <>
      <p className="text-13 text-ink-2">{t("intro")}</p>
      <ProblemFilters counts={problems.data?.counts} />
      {botId === undefined ? null : <Reclustering botId={botId} />}
      {problems.isError ? (
        <ErrorState error={problems.error} onRetry={() => void problems.refetch()} />
      ) : problems.isPending ? (
        <output className="flex flex-col gap-px" aria-label={t("loading")}>
          {[1, 2, 3, 4].map((row) => (
            <Skeleton key={row} className="h-20" />
          ))}
        </output>
      ) : items.length === 0 ? (
        <EmptyState
          icon={<SearchX aria-hidden />}
          title={t("none.title")}
          action={
            <Button onClick={() => void navigate({ search: { tab: "problems" } })}>{t("none.clear")}</Button>
          }
        >
          {t("none.text")}
        </EmptyState>
      ) : (
        <>
          <ul
            aria-label={t("list.label")}
            className="divide-y divide-line rounded-panel border border-line bg-surface-1"
          >
            {items.map((problem) => (
              <ProblemRow key={problem.id} problem={problem} />
            ))}
          </ul>
          <Pager
            page={page}
            pages={problems.data.meta.totalPages}
            onPage={(to) => void navigate({ search: (now) => ({ ...now, page: to }) })}
          />
        </>
      )}
    </>
  );
}

function FirstVisit() {
  const t = useT(problemsStrings);
  return (
    <EmptyState
      icon={<CircleHelp aria-hidden />}
      title={t("empty.title")}
      action={
        <Link to="/bots" className={buttonClass()}>
          {t("empty.ask")}
        </Link>
      }
      className="pt-16"
    >
      {t("empty.text")}
    </EmptyState>
  );
}
