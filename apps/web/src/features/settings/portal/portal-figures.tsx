import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import { trpc } from "../../../lib/trpc.ts";
import { ErrorState, Panel, Skeleton } from "../../../ui/index.ts";
import { portalStrings } from "./strings.ts";

const days = 30 * 24 * 3_600_000;

/** What was asked in the portal of late, and how it went. */
export function PortalFigures() {
  const t = useT(portalStrings);
  const format = useFormat();
  const [period] = useState(() => {
    const now = Date.now();
    return { dateFrom: new Date(now - days).toISOString(), dateTo: new Date(now).toISOString() };
  });
  const figures = useQuery(trpc.qa.getAnalytics.queryOptions(period));
  return (
    <Panel title={t("figures.title")}>
      {figures.isPending ? (
        <Skeleton className="h-16" />
      ) : figures.isError ? (
        <ErrorState
          error={figures.error}
          title={t("figures.failed")}
          onRetry={() => void figures.refetch()}
        />
      ) : figures.data.totalQuestions === 0 ? (
        <p className="text-14 text-ink-2">{t("figures.none")}</p>
      ) : (
        <dl className="grid grid-cols-2 gap-4 sm:grid-cols-3 md:grid-cols-5">
          <Figure name={t("questions")} value={format.number(figures.data.totalQuestions)} />
          <Figure name={t("time")} value={format.duration(figures.data.avgResponseTime)} />
          <Figure name={t("confidence")} value={format.percent(figures.data.avgConfidence)} />
          <Figure name={t("rated")} value={format.percent(figures.data.feedbackRate / 100)} />
          <Figure
            name={t("rating")}
            value={figures.data.avgRating === 0 ? t("unrated") : format.number(figures.data.avgRating)}
          />
        </dl>
      )}
    </Panel>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div className="flex flex-col gap-0.5">
      <dt className="text-13 text-ink-2">{name}</dt>
      <dd className="text-16 font-semibold tabular-nums">{value}</dd>
    </div>
  );
}
