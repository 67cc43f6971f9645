import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { ArrowLeft } from "lucide-react";
import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import { trpc } from "../../../lib/trpc.ts";
import {
  Badge,
  Button,
  ErrorState,
  explainError,
  Panel,
  ProgressBar,
  Select,
  Skeleton,
  StatusDot,
  toast,
  uiStrings,
} from "../../../ui/index.ts";
import { ReasonBars, ScoreTiles } from "./figures.tsx";
import { ResultsPanel } from "./results-panel.tsx";
import { evaluationStrings } from "./strings.ts";
import { isAtWork, type RunDetail, runTone, useGo, useMayEvaluate } from "./use-evaluations.ts";

/** One run: how far it is, what it came to, and each case. It moves by itself while it is at work. */
export function RunView({ runId }: { runId: string }) {
  const t = useT(evaluationStrings);
  const queryClient = useQueryClient();
  const run = useQuery(trpc.evaluations.runs.get.queryOptions({ runId }));
  const working = run.data !== undefined && isAtWork(run.data);
  useSubscription(
    trpc.evaluations.runs.changes.subscriptionOptions(
      { runId },
      {
        enabled: working,
        onData: () => {
          void queryClient.invalidateQueries(trpc.evaluations.runs.get.queryFilter({ runId }));
          void queryClient.invalidateQueries(trpc.evaluations.runs.results.pathFilter());
        },
      },
    ),
  );
  if (run.isPending) return <Skeleton className="h-72" />;
  if (run.isError) {
    return <ErrorState error={run.error} title={t("failed")} onRetry={() => void run.refetch()} />;
  }
  return (
    <>
      <RunHead run={run.data} />
      {run.data.summary.fallbacks > 0 ? (
        <p className="rounded-control bg-warn-soft px-3 py-2 text-13 text-warn">
          {t("fallbacks", { count: run.data.summary.fallbacks })}
        </p>
      ) : null}
      {run.data.done > 0 ? (
        <div className="grid gap-4 lg:grid-cols-2">
          <ScoreTiles summary={run.data.summary} />
          <ReasonBars summary={run.data.summary} />
        </div>
      ) : null}
      <ResultsPanel runId={runId} />
    </>
  );
}

function RunHead({ run }: { run: RunDetail }) {
  const t = useT(evaluationStrings);
  const ui = useT(uiStrings);
  const format = useFormat();
  const go = useGo();
  const mayEvaluate = useMayEvaluate();
  const queryClient = useQueryClient();
  const others = useQuery(trpc.evaluations.runs.list.queryOptions({ botId: run.botId, pageSize: 50 }));
  const cancel = useMutation(
    trpc.evaluations.runs.cancel.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.evaluations.runs.pathFilter()),
      onError: (error) => toast.failed(t("action.failed"), explainError(error, ui)),
    }),
  );
  const comparable = (others.data?.items ?? []).filter(({ id, done }) => id !== run.id && done > 0);
  const working = isAtWork(run);
  return (
    <div className="flex flex-col gap-3">
      <div>
        <Button
          size="sm"
          variant="ghost"
          icon={<ArrowLeft className="flip-rtl size-4" aria-hidden />}
          onClick={() => go({ botId: run.botId })}
        >
          {t("back")}
        </Button>
      </div>
      <Panel>
        <div className="flex flex-wrap items-end justify-between gap-4">
          <div className="min-w-0 grow basis-64">
            <h2 className="text-16 font-semibold">
              <bdi>{run.name ?? t("run.of", { date: format.exact(new Date(run.createdAt)) })}</bdi>
            </h2>
            <p className="mt-1 flex flex-wrap items-center gap-2 text-13 text-ink-2">
              <StatusDot tone={runTone[run.status]} label={t(`status.${run.status}`)} pulse={working} />
              <span className="tabular-nums" aria-live="polite">
                {working
                  ? t("run.progress", { done: run.done, total: run.total })
                  : t("run.passed", { passed: run.passed, total: run.total })}
              </span>
              {run.isWhole ? null : <Badge>{t("run.partial")}</Badge>}
            </p>
            {run.failure === null ? null : <p className="mt-1 text-13 text-bad">{run.failure}</p>}
          </div>
          {working ? (
            mayEvaluate ? (
              <Button pending={cancel.isPending} onClick={() => cancel.mutate({ runId: run.id })}>
                {t("run.cancel")}
              </Button>
            ) : null
          ) : comparable.length > 0 ? (
            <Select
              label={t("compare.with")}
              value=""
              options={[
                { value: "", label: "–" },
                ...comparable.map(({ id, name, createdAt }) => ({
                  value: id,
                  label: name ?? t("run.of", { date: format.exact(new Date(createdAt)) }),
                })),
              ]}
              onChange={(base) => (base === "" ? undefined : go({ botId: run.botId, run: run.id, base }))}
              className="w-full sm:w-72"
            />
          ) : null}
        </div>
        {working ? (
          <div className="mt-3">
            <ProgressBar
              label={t("run.progress", { done: run.done, total: run.total })}
              value={(100 * run.done) / run.total}
            />
          </div>
        ) : null}
      </Panel>
    </div>
  );
}
