import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useFormat } from "../../lib/format.ts";
import { useT } from "../../lib/i18n.ts";
import type { Plan } from "../../lib/models.ts";
import { trpc } from "../../lib/trpc.ts";
import { Badge, Button, ErrorState, Skeleton } from "../../ui/index.ts";
import { PlanDialog } from "./plan-dialog.tsx";
import { planLimits, unlimited } from "./plan-limits.ts";
import { planStrings } from "./plans.strings.ts";

/** What the installation offers its workspaces. */
export function PlansTab() {
  const plans = useQuery(trpc.admin.listPlans.queryOptions());
  const [editing, setEditing] = useState<Plan | null>(null);
  if (plans.isError) return <ErrorState error={plans.error} onRetry={() => void plans.refetch()} />;
  if (plans.isPending) return <Skeleton className="h-64" />;
  return (
    <>
      <ul className="grid gap-4 md:grid-cols-2 lg:grid-cols-3">
        {plans.data.map((plan) => (
          <PlanCard key={plan.id} plan={plan} onEdit={() => setEditing(plan)} />
        ))}
      </ul>
      {editing ? <PlanDialog plan={editing} onClose={() => setEditing(null)} /> : null}
    </>
  );
}

function PlanCard({ plan, onEdit }: { plan: Plan; onEdit: () => void }) {
  const t = useT(planStrings);
  const format = useFormat();
  return (
    <li className="flex flex-col gap-3 rounded-panel border border-line bg-surface-1 p-4">
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <h2 className="flex flex-wrap items-center gap-2 text-16 font-semibold">
            <bdi className="[overflow-wrap:anywhere]">{plan.name}</bdi>
            {plan.isDefault ? <Badge tone="good">{t("plan.default")}</Badge> : null}
            {plan.isActive ? null : <Badge tone="warn">{t("plan.inactive")}</Badge>}
          </h2>
          {plan.priceMonthly === null ? null : (
            <p className="text-13 text-ink-2">{t("plan.price", { price: plan.priceMonthly })}</p>
          )}
        </div>
        <Button size="sm" aria-label={t("plan.edit.label", { name: plan.name })} onClick={onEdit}>
          {t("plan.edit")}
        </Button>
      </div>
      {plan.description ? (
        <p dir="auto" className="text-match text-13 text-ink-2">
          {plan.description}
        </p>
      ) : null}
      <dl className="mt-auto flex flex-col gap-1.5 text-13">
        {planLimits.map((limit) => (
          <div key={limit} className="flex justify-between gap-3">
            <dt className="text-ink-2">{t(`plan.limit.${limit}`)}</dt>
            <dd className="font-medium">
              {plan[limit] >= unlimited ? t("plan.unlimited") : format.number(plan[limit])}
            </dd>
          </div>
        ))}
        <div className="flex justify-between gap-3">
          <dt className="text-ink-2">{t("plan.advanced")}</dt>
          <dd className="text-end font-medium">
            {t(plan.allowAdvancedRagConfig ? "plan.advanced.yes" : "plan.advanced.no")}
          </dd>
        </div>
      </dl>
    </li>
  );
}
