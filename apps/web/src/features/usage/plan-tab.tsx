import { useQuery } from "@tanstack/react-query";
import { useT } from "../../lib/i18n.ts";
import { ErrorState, Panel, Skeleton } from "../../ui/index.ts";
import { LimitMeter } from "./limit-meter.tsx";
import { usageStrings } from "./strings.ts";
import { usageQuery } from "./usage-query.ts";

/** The workspace's plan, and how much of each of its limits is used. */
export function PlanTab() {
  const t = useT(usageStrings);
  const usage = useQuery(usageQuery);
  if (usage.isPending) return <Skeleton className="h-64" />;
  if (usage.isError) return <ErrorState error={usage.error} onRetry={() => void usage.refetch()} />;
  const { plan, limits } = usage.data;
  const isFree = limits.every(({ unlimited }) => unlimited);
  return (
    <Panel
      title={t("plan.title", { name: plan.name })}
      description={
        <div className="flex max-w-prose flex-col gap-1">
          {plan.description ? (
            <p dir="auto" className="text-match">
              {plan.description}
            </p>
          ) : null}
          {plan.allowAdvancedRagConfig ? null : <p>{t("plan.standard")}</p>}
          <p>{isFree ? t("plan.unlimited") : t("plan.larger")}</p>
        </div>
      }
    >
      <div className="flex flex-col gap-5">
        {limits.map((limit) => (
          <LimitMeter key={limit.limit} limit={limit} />
        ))}
      </div>
    </Panel>
  );
}
