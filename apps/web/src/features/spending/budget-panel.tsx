import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, startTransition, useState } from "react";
import { useFormat } from "../../lib/format.ts";
import { useT } from "../../lib/i18n.ts";
import type { Budget } from "../../lib/models.ts";
import { may, useSession } from "../../lib/session.ts";
import { trpc } from "../../lib/trpc.ts";
import { Badge, Button, ErrorState, Panel, ProgressBar, Skeleton } from "../../ui/index.ts";
import { spendingStrings } from "./strings.ts";

const BudgetDialog = lazy(() => import("./budget-dialog.tsx"));

/** What a bot, or without one the workspace, spends on models this month, and what it may. */
export function BudgetPanel({ botId }: { botId?: string }) {
  const t = useT(spendingStrings);
  const session = useSession();
  const mayChange = may(session, "manage models");
  const budget = useQuery(trpc.budget.get.queryOptions(botId === undefined ? {} : { botId }));
  const [editing, setEditing] = useState(false);
  const title = t(botId === undefined ? "budget.tenant" : "budget.bot");
  return (
    <Panel
      title={title}
      {...(botId === undefined ? { description: t("budget.tenant.text") } : {})}
      action={
        mayChange && budget.data ? (
          <Button onClick={() => startTransition(() => setEditing(true))}>
            {t(budget.data.limit === null ? "budget.set" : "budget.change")}
          </Button>
        ) : null
      }
    >
      {budget.isPending ? (
        <Skeleton className="h-14" />
      ) : budget.isError ? (
        <ErrorState error={budget.error} onRetry={() => void budget.refetch()} />
      ) : (
        <State budget={budget.data} title={title} />
      )}
      <Suspense>
        {editing && budget.data ? (
          <BudgetDialog title={title} budget={budget.data} onClose={() => setEditing(false)} />
        ) : null}
      </Suspense>
    </Panel>
  );
}

function State({ budget, title }: { budget: Budget; title: string }) {
  const t = useT(spendingStrings);
  const format = useFormat();
  const { limit, isExhausted } = budget;
  const spent = format.dollars(budget.spent);
  const resets = t("budget.resets", { day: format.utcDay(new Date(budget.resetsAt)) });
  if (limit === null) {
    return <p className="text-14">{t("budget.spent.open", { spent })}</p>;
  }
  const share = isExhausted || limit === 0 ? 100 : (budget.spent / limit) * 100;
  return (
    <div className="flex flex-col gap-2">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-14">
        {t("budget.spent", { spent, limit: format.dollars(limit) })}
        {isExhausted ? <Badge tone="warn">{t("budget.used")}</Badge> : null}
      </p>
      <ProgressBar value={share} label={title} tone={share >= 80 ? "warn" : "accent"} />
      {budget.reserved > 0 ? (
        <p className="text-13 text-ink-3">
          {t("budget.reserved", { amount: format.dollars(budget.reserved) })}
        </p>
      ) : null}
      <p className="text-13 text-ink-2">
        {isExhausted && budget.spent < limit ? `${t("budget.rest")} ` : null}
        {resets} {t("budget.end")}
      </p>
    </div>
  );
}
