import { useQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import { useState } from "react";
import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import { trpc } from "../../../lib/trpc.ts";
import { Badge, Button, ErrorState, Pager, Panel, Select, Skeleton } from "../../../ui/index.ts";
import { caseStrings } from "./cases.strings.ts";
import { TextDifference } from "./side-by-side.tsx";
import { evaluationStrings } from "./strings.ts";
import { type Compared, useGo } from "./use-evaluations.ts";

const filters = ["all", "regressed", "fixed"] as const;
const tone = { regressed: "bad", fixed: "good", same: "neutral" } as const;
/** Under it a difference is hardly chance. */
const significant = 0.05;

/** Two runs side by side: what moved, how sure that is, and both answers to each case. */
export function CompareView({ runId, baseRunId }: { runId: string; baseRunId: string }) {
  const t = useT(evaluationStrings);
  const tCases = useT(caseStrings);
  const format = useFormat();
  const go = useGo();
  const [filter, setFilter] = useState<(typeof filters)[number]>("all");
  const [page, setPage] = useState(1);
  const compared = useQuery(
    trpc.evaluations.runs.compare.queryOptions({
      runId,
      baseRunId,
      page,
      pageSize: 10,
      ...(filter === "all" ? {} : { change: filter }),
    }),
  );
  if (compared.isPending) return <Skeleton className="h-72" />;
  if (compared.isError) {
    return <ErrorState error={compared.error} title={t("failed")} onRetry={() => void compared.refetch()} />;
  }
  const { run, base, totals, items, meta } = compared.data;
  const moved = totals.regressed + totals.fixed;
  const p = totals.pValue.toFixed(3);
  return (
    <>
      <div>
        <Button
          size="sm"
          variant="ghost"
          icon={<ArrowLeft className="flip-rtl size-4" aria-hidden />}
          onClick={() => go({ botId: run.botId, run: run.id })}
        >
          <bdi>{run.name ?? t("run.of", { date: format.exact(new Date(run.createdAt)) })}</bdi>
        </Button>
      </div>
      <Panel title={t("compare.title", { date: base.name ?? format.exact(new Date(base.createdAt)) })}>
        <div className="grid gap-4 sm:grid-cols-2">
          <Side label={t("before")} passed={totals.passedBefore} cases={totals.cases} />
          <Side label={t("after")} passed={totals.passedAfter} cases={totals.cases} />
        </div>
        <p className="mt-3 flex flex-wrap items-center gap-2 text-13">
          {moved === 0 ? (
            t("compare.same")
          ) : (
            <>
              <Badge tone="good">{t("compare.fixed", { count: totals.fixed })}</Badge>
              <Badge tone="bad">{t("compare.regressed", { count: totals.regressed })}</Badge>
              <span className="text-ink-2">
                {totals.pValue < significant ? t("compare.clear", { p }) : t("compare.unclear", { p })}
              </span>
            </>
          )}
        </p>
      </Panel>
      <Panel
        title={tCases("cases.title")}
        action={
          <Select
            label={tCases("cases.title")}
            labelHidden
            value={filter}
            options={filters.map((value) => ({
              value,
              label: t(
                value === "fixed"
                  ? "compare.fixedTab"
                  : value === "regressed"
                    ? "change.regressed"
                    : "compare.all",
              ),
            }))}
            onChange={(value) => {
              setFilter(value);
              setPage(1);
            }}
            className="w-40"
          />
        }
      >
        {items.length === 0 ? <p className="text-14 text-ink-2">{t("results.none")}</p> : null}
        <ul className="flex flex-col gap-5">
          {items.map((item) => (
            <ComparedCase key={item.itemId} item={item} />
          ))}
        </ul>
        <Pager page={page} pages={meta.totalPages} onPage={setPage} className="mt-3" />
      </Panel>
    </>
  );
}

function Side({ label, passed, cases }: { label: string; passed: number; cases: number }) {
  const t = useT(evaluationStrings);
  const format = useFormat();
  return (
    <div className="rounded-control bg-surface-2 p-3">
      <p className="text-12 text-ink-3">{label}</p>
      <p className="text-20 font-semibold tabular-nums">{format.percent(cases === 0 ? 0 : passed / cases)}</p>
      <p className="text-13 text-ink-2">{t("run.passed", { passed, total: cases })}</p>
    </div>
  );
}

function ComparedCase({ item: { change, before, after } }: { item: Compared }) {
  const t = useT(evaluationStrings);
  return (
    <li className="border-t border-line pt-3 first:border-t-0 first:pt-0">
      <h3 className="flex flex-wrap items-center gap-2 text-14 font-medium">
        <bdi className="min-w-0">{after.content.question}</bdi>
        <Badge tone={tone[change]}>{t(`change.${change}`)}</Badge>
      </h3>
      <p className="mt-1 text-12 text-ink-3">
        {t("before")}: {before.reason ? t(`reason.${before.reason}`) : "–"} · {t("after")}:{" "}
        {after.reason ? t(`reason.${after.reason}`) : "–"}
      </p>
      <TextDifference before={before.answer?.text ?? ""} after={after.answer?.text ?? ""} />
    </li>
  );
}
