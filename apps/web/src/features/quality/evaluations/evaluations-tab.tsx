import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { FlaskConical } from "lucide-react";
import { useT } from "../../../lib/i18n.ts";
import { trpc } from "../../../lib/trpc.ts";
import { buttonClass, EmptyState, ErrorState, Select, Skeleton } from "../../../ui/index.ts";
import { CasesPanel } from "./cases-panel.tsx";
import { CompareView } from "./compare-view.tsx";
import { ReplayView } from "./replay-view.tsx";
import { RunView } from "./run-view.tsx";
import { RunsPanel } from "./runs-panel.tsx";
import { evaluationStrings } from "./strings.ts";
import { qualityRoute, useGo } from "./use-evaluations.ts";

/** Whether a bot got better: its cases, runs of them, one run beside another, a conversation asked again. */
export default function EvaluationsTab() {
  const t = useT(evaluationStrings);
  const { botId, run, base, replay } = qualityRoute.useSearch();
  const go = useGo();
  const bots = useQuery(trpc.bot.list.queryOptions({ pageSize: 100, sort: "name" }));
  if (replay !== undefined) return <ReplayView key={replay} runId={replay} />;
  if (run !== undefined && base !== undefined) return <CompareView runId={run} baseRunId={base} />;
  if (run !== undefined) return <RunView key={run} runId={run} />;
  if (bots.isPending) return <Skeleton className="h-72" />;
  if (bots.isError) {
    return <ErrorState error={bots.error} title={t("failed")} onRetry={() => void bots.refetch()} />;
  }
  const bot = bots.data.items.find(({ id }) => id === botId) ?? bots.data.items[0];
  if (!bot) {
    return (
      <EmptyState
        icon={<FlaskConical aria-hidden />}
        title={t("noBots.title")}
        action={
          <Link to="/" className={buttonClass("primary")}>
            {t("noBots.action")}
          </Link>
        }
      >
        {t("noBots.text")}
      </EmptyState>
    );
  }
  return (
    <>
      <Select
        label={t("bot")}
        value={bot.id}
        options={bots.data.items.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(id) => go({ botId: id })}
        className="max-w-xs"
      />
      <RunsPanel key={`runs ${bot.id}`} bot={bot} />
      <CasesPanel key={`cases ${bot.id}`} bot={bot} />
    </>
  );
}
