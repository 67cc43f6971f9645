import { useQuery } from "@tanstack/react-query";
import { Play } from "lucide-react";
import { useState } from "react";
import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import type { Bot } from "../../../lib/models.ts";
import { trpc } from "../../../lib/trpc.ts";
import {
  Badge,
  Button,
  ErrorState,
  Pager,
  Panel,
  ProgressBar,
  Skeleton,
  StatusDot,
  Time,
} from "../../../ui/index.ts";
import { StartRunDialog } from "./start-run-dialog.tsx";
import { evaluationStrings } from "./strings.ts";
import { TrendChart } from "./trend-chart.tsx";
import { isAtWork, type Run, runTone, useGo, useMayEvaluate } from "./use-evaluations.ts";

/** A bot's runs, the newest first, and how its pass rate went. */
export function RunsPanel({ bot }: { bot: Bot }) {
  const t = useT(evaluationStrings);
  const mayEvaluate = useMayEvaluate();
  const go = useGo();
  const [page, setPage] = useState(1);
  const [starting, setStarting] = useState(false);
  const runs = useQuery(
    trpc.evaluations.runs.list.queryOptions(
      { botId: bot.id, page, pageSize: 10 },
      { refetchInterval: (query) => (query.state.data?.items.some(isAtWork) ? 1_500 : false) },
    ),
  );
  const cases = useQuery(
    trpc.evaluations.cases.list.queryOptions({ botId: bot.id, isEnabled: true, pageSize: 1 }),
  );
  const enabled = cases.data?.meta.totalItems ?? 0;
  return (
    <Panel
      title={t("runs.title")}
      description={t("runs.text")}
      action={
        mayEvaluate ? (
          <Button
            variant="primary"
            icon={<Play className="size-4" aria-hidden />}
            disabled={enabled === 0}
            onClick={() => setStarting(true)}
          >
            {t("runs.start")}
          </Button>
        ) : undefined
      }
    >
      {runs.isPending ? (
        <Skeleton className="h-24" />
      ) : runs.isError ? (
        <ErrorState error={runs.error} title={t("failed")} onRetry={() => void runs.refetch()} />
      ) : runs.data.items.length === 0 ? (
        <p className="text-14 text-ink-2">{t(enabled === 0 ? "runs.noneYet" : "runs.none")}</p>
      ) : (
        <div className="flex flex-col gap-3">
          <TrendChart runs={runs.data.items} />
          <ul className="flex flex-col">
            {runs.data.items.map((run) => (
              <RunRow key={run.id} run={run} />
            ))}
          </ul>
          <Pager page={page} pages={runs.data.meta.totalPages} onPage={setPage} />
        </div>
      )}
      {starting ? (
        <StartRunDialog
          bot={bot}
          cases={enabled}
          onClose={() => setStarting(false)}
          onStarted={(run) => go({ botId: bot.id, run })}
        />
      ) : null}
    </Panel>
  );
}

function RunRow({ run }: { run: Run }) {
  const t = useT(evaluationStrings);
  const format = useFormat();
  const go = useGo();
  const share = run.total === 0 ? 0 : run.passed / run.total;
  return (
    <li className="border-t border-line first:border-t-0">
      <button
        type="button"
        onClick={() => go({ botId: run.botId, run: run.id })}
        className="flex w-full flex-wrap items-center gap-x-4 gap-y-1 rounded-control px-1 py-2 text-start hover:bg-surface-2"
      >
        <span className="min-w-0 grow basis-48">
          <span className="block truncate text-14 font-medium">
            <bdi>{run.name ?? t("run.of", { date: format.exact(new Date(run.createdAt)) })}</bdi>
          </span>
          <span className="flex flex-wrap items-center gap-x-2 text-12 text-ink-3">
            <Time value={run.createdAt} />
            {run.isWhole ? null : <Badge>{t("run.partial")}</Badge>}
          </span>
        </span>
        <StatusDot tone={runTone[run.status]} label={t(`status.${run.status}`)} pulse={isAtWork(run)} />
        <span className="w-36 text-13 tabular-nums">
          {isAtWork(run)
            ? t("run.progress", { done: run.done, total: run.total })
            : t("run.passed", { passed: run.passed, total: run.total })}
          <ProgressBar
            label={t("run.passed", { passed: run.passed, total: run.total })}
            value={100 * (isAtWork(run) ? run.done / run.total : share)}
            tone={isAtWork(run) ? "accent" : share === 1 ? "good" : "warn"}
          />
        </span>
      </button>
    </li>
  );
}
