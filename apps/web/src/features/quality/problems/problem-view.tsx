import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import { lazy, Suspense, startTransition, useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { trpc } from "../../../lib/trpc.ts";
import {
  Button,
  buttonClass,
  ErrorState,
  explainError,
  Skeleton,
  Time,
  toast,
  uiStrings,
} from "../../../ui/index.ts";
import { AnswersPanel } from "./answers-panel.tsx";
import { ArticlePanel } from "./article-panel.tsx";
import { KindBadges, StatusBadges } from "./problem-row.tsx";
import type { ProblemDetail } from "./problem-search.ts";
import { QuestionsPanel } from "./questions-panel.tsx";
import { problemsStrings } from "./strings.ts";
import { TestPanel } from "./test-panel.tsx";
import { Trend } from "./trend.tsx";

const MergeDialog = lazy(() => import("./merge-dialog.tsx"));

/** One problem: what was asked and answered, and the way to close the gap. */
export function ProblemView({ id }: { id: string }) {
  const t = useT(problemsStrings);
  const problem = useQuery(
    trpc.problems.get.queryOptions(
      { id },
      {
        // live changes come by themselves; this is for a connection that was lost
        refetchInterval: ({ state }) => (state.data?.tests.some(isUnderWay) ? 3_000 : false),
      },
    ),
  );
  return (
    <>
      <Link
        to="/quality"
        search={({ problem: _, ...now }) => now}
        className={`${buttonClass("ghost", "sm")} self-start`}
      >
        <ArrowLeft className="size-4 flip-rtl" aria-hidden />
        {t("back")}
      </Link>
      {problem.isError ? (
        <ErrorState error={problem.error} onRetry={() => void problem.refetch()} />
      ) : problem.isPending ? (
        <output aria-label={t("loading")}>
          <Skeleton className="h-72" />
        </output>
      ) : (
        <>
          <Heading problem={problem.data} />
          <div className="grid items-start gap-4 lg:grid-cols-2">
            <div className="flex min-w-0 flex-col gap-4">
              <QuestionsPanel problem={problem.data} />
              <AnswersPanel problem={problem.data} />
            </div>
            <div className="flex min-w-0 flex-col gap-4">
              <ArticlePanel problem={problem.data} />
              <TestPanel problem={problem.data} />
            </div>
          </div>
        </>
      )}
    </>
  );
}

function isUnderWay({ status }: ProblemDetail["tests"][number]): boolean {
  return status === "waiting" || status === "running";
}

function Heading({ problem }: { problem: ProblemDetail }) {
  const t = useT(problemsStrings);
  const tUi = useT(uiStrings);
  const queryClient = useQueryClient();
  const [merging, setMerging] = useState(false);
  const move = useMutation(
    trpc.problems.updateStatus.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.problems.pathFilter()),
      onError: (error) => toast.failed(explainError(error, tUi)),
    }),
  );
  return (
    <header className="flex flex-col gap-3">
      <div className="flex flex-wrap items-start justify-between gap-4">
        <div className="min-w-0 grow basis-72">
          <h2 dir="auto" className="text-match text-20 font-semibold break-words">
            {problem.question}
          </h2>
          <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-13 text-ink-2">
            <span>{t("times", { count: problem.occurrences })}</span>
            <span dir="auto">{problem.bot.name}</span>
            <span>
              {t("lastAsked")} <Time value={problem.lastSeenAt} />
            </span>
          </p>
        </div>
        <Trend days={problem.trend} />
      </div>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="flex flex-wrap gap-1.5">
          <StatusBadges problem={problem} />
          <KindBadges problem={problem} />
        </p>
        <div className="flex flex-wrap gap-2">
          {problem.allowed.map((status) => (
            <Button
              key={status}
              size="sm"
              pending={move.isPending && move.variables.status === status}
              onClick={() => move.mutate({ id: problem.id, status })}
            >
              {t(`to.${status}`)}
            </Button>
          ))}
          <Button size="sm" variant="ghost" onClick={() => startTransition(() => setMerging(true))}>
            {t("merge")}
          </Button>
        </div>
      </div>
      <Suspense>
        {merging ? <MergeDialog problem={problem} onClose={() => setMerging(false)} /> : null}
      </Suspense>
    </header>
  );
}
