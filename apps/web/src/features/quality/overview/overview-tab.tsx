import { keepPreviousData, skipToken, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { BadgeCheck } from "lucide-react";
import { useT } from "../../../lib/i18n.ts";
import { trpc } from "../../../lib/trpc.ts";
import { buttonClass, EmptyState, ErrorState, Skeleton } from "../../../ui/index.ts";
import { inputOf, localTimeZone, rangeOf, searchOfRange } from "../../analytics/range.ts";
import { RangePicker } from "../../analytics/range-picker.tsx";
import { BotPicker } from "../bot-picker.tsx";
import { BotsTable } from "./bots-table.tsx";
import { CalibrationPanel } from "./calibration-panel.tsx";
import { ContradictionsPanel } from "./contradictions-panel.tsx";
import { QualityTotals } from "./quality-totals.tsx";
import { overviewStrings } from "./strings.ts";
import { TrendPanel } from "./trend-panel.tsx";

const route = getRouteApi("/signed-in/quality");

/** Figures on how good the answers were, and passages that contradict each other. */
export default function OverviewTab() {
  const t = useT(overviewStrings);
  const { botId, ...search } = route.useSearch();
  const navigate = route.useNavigate();
  const range = rangeOf(search);
  const input = inputOf(range, localTimeZone());
  const { data, error, isError, isFetching, refetch } = useQuery(
    trpc.qualityAssurance.metrics.queryOptions(
      input ? { ...input, ...(botId ? { botId } : {}) } : skipToken,
      {
        placeholderData: keepPreviousData,
        staleTime: 60_000,
      },
    ),
  );
  return (
    <>
      <div className="flex flex-wrap items-end gap-3 [&>div:first-child]:contents">
        <RangePicker
          range={range}
          shown={data?.range ?? null}
          onChange={(next) =>
            void navigate({
              search: { ...(botId ? { botId } : {}), ...searchOfRange(next) },
              replace: true,
              resetScroll: false,
            })
          }
        />
        <BotPicker />
      </div>
      {isError ? (
        <ErrorState error={error} title={t("failed")} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Waiting />
      ) : data.totals.answers === 0 && data.previous.answers === 0 ? (
        <EmptyState
          icon={<BadgeCheck aria-hidden />}
          title={t("empty.title")}
          action={
            <Link to="/bots" className={buttonClass("primary")}>
              {t("empty.action")}
            </Link>
          }
        >
          {t("empty.text")}
        </EmptyState>
      ) : (
        <div aria-busy={isFetching} className="flex flex-col gap-4">
          <QualityTotals totals={data.totals} previous={data.previous} />
          <div className="grid gap-4 lg:grid-cols-2">
            <TrendPanel metrics={data} />
            <CalibrationPanel calibration={data.calibration} />
          </div>
          {botId ? null : <BotsTable bots={data.bots} />}
        </div>
      )}
      <ContradictionsPanel botId={botId} />
    </>
  );
}

function Waiting() {
  const t = useT(overviewStrings);
  return (
    <div role="status" aria-label={t("loading")} className="flex flex-col gap-4">
      <Skeleton className="h-28" />
      <Skeleton className="h-72" />
    </div>
  );
}
