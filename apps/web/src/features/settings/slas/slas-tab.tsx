import { useMutation, useQuery } from "@tanstack/react-query";
import { Plus, Timer } from "lucide-react";
import { lazy, Suspense, startTransition, useState } from "react";
import { useLanguage, useT } from "../../../lib/i18n.ts";
import type { BusinessCalendar, SlaPolicy } from "../../../lib/models.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import {
  Badge,
  Button,
  ConfirmDialog,
  EmptyState,
  ErrorState,
  Panel,
  Skeleton,
  toast,
} from "../../../ui/index.ts";
import { spanInWords } from "../../slas/index.ts";
import { CalendarsPanel } from "./calendars-panel.tsx";
import { severities } from "./policy-form.ts";
import { slaSettingsStrings } from "./strings.ts";

const PolicyDialog = lazy(() => import("./policy-dialog.tsx"));

type Doing = { act: "edit" | "delete"; policy: SlaPolicy } | { act: "new" };

/** What is promised to whom, and when somebody works. */
export function SlasTab() {
  const t = useT(slaSettingsStrings);
  const [doing, setDoing] = useState<Doing | null>(null);
  const policies = useQuery(trpc.slas.list.queryOptions({ pageSize: 100 }));
  const calendars = useQuery(trpc.calendars.list.queryOptions());
  const start = (next: Doing) => startTransition(() => setDoing(next));
  const add = (
    <Button icon={<Plus className="size-4" aria-hidden />} onClick={() => start({ act: "new" })}>
      {t("add")}
    </Button>
  );
  return (
    <>
      <Panel title={t("title")} description={<p className="max-w-prose">{t("text")}</p>} action={add}>
        {policies.isPending ? (
          <Skeleton className="h-32" />
        ) : policies.isError ? (
          <ErrorState error={policies.error} title={t("failed")} onRetry={() => void policies.refetch()} />
        ) : policies.data.items.length === 0 ? (
          <EmptyState icon={<Timer aria-hidden />} title={t("none.title")}>
            {t("none.text")}
          </EmptyState>
        ) : (
          <ul className="divide-y divide-line rounded-control border border-line">
            {policies.data.items.map((policy) => (
              <PolicyRow
                key={policy.id}
                policy={policy}
                calendar={calendars.data?.find(({ id }) => id === policy.calendarId)}
                onAct={(act) => start({ act, policy })}
              />
            ))}
          </ul>
        )}
      </Panel>
      <CalendarsPanel calendars={calendars} />
      <Suspense>
        {doing ? (
          <Acts doing={doing} calendars={calendars.data ?? []} onClose={() => setDoing(null)} />
        ) : null}
      </Suspense>
    </>
  );
}

function PolicyRow({
  policy,
  calendar,
  onAct,
}: {
  policy: SlaPolicy;
  calendar: BusinessCalendar | undefined;
  onAct: (act: "edit" | "delete") => void;
}) {
  const t = useT(slaSettingsStrings);
  const language = useLanguage();
  const { name, tier, active, targets } = policy;
  const time = (minutes: number | null | undefined) => (minutes ? spanInWords(minutes, language) : "–");
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 px-3 py-3">
      <div className="min-w-0 grow basis-64">
        <p className="flex flex-wrap items-center gap-2 text-14 font-medium">
          <bdi className="[overflow-wrap:anywhere]">{name}</bdi>
          {active ? null : <Badge>{t("off")}</Badge>}
        </p>
        <p className="text-13 text-ink-2">
          {tier === "standard" ? t("for.standard") : t("for.tier", { tier })} ·{" "}
          <bdi>{calendar?.name ?? t("always")}</bdi>
        </p>
        <table className="mt-2 text-13 tabular-nums">
          <thead className="text-12 text-ink-3">
            <tr>
              <th scope="col" className="sr-only">
                {t("severity")}
              </th>
              <th scope="col" className="px-3 text-start font-medium">
                {t("answer")}
              </th>
              <th scope="col" className="px-3 text-start font-medium">
                {t("resolve")}
              </th>
            </tr>
          </thead>
          <tbody>
            {severities.map((severity) => (
              <tr key={severity}>
                <th scope="row" className="text-start font-medium text-ink-3">
                  {severity}
                </th>
                <td className="px-3">{time(targets[severity]?.firstResponseMinutes)}</td>
                <td className="px-3">{time(targets[severity]?.resolutionMinutes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="flex gap-2">
        <Button size="sm" aria-label={t("edit.of", { name })} onClick={() => onAct("edit")}>
          {t("edit")}
        </Button>
        <Button
          size="sm"
          variant="danger"
          aria-label={t("remove.of", { name })}
          onClick={() => onAct("delete")}
        >
          {t("remove")}
        </Button>
      </div>
    </li>
  );
}

function Acts({
  doing,
  calendars,
  onClose,
}: {
  doing: Doing;
  calendars: readonly BusinessCalendar[];
  onClose: () => void;
}) {
  const t = useT(slaSettingsStrings);
  const remove = useMutation(trpc.slas.delete.mutationOptions());
  if (doing.act === "new") return <PolicyDialog policy={null} calendars={calendars} onClose={onClose} />;
  const { policy } = doing;
  if (doing.act === "edit") {
    return <PolicyDialog policy={policy} calendars={calendars} onClose={onClose} />;
  }
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t("remove.title", { name: policy.name })}
      description={t("remove.text")}
      confirmLabel={t("remove")}
      onConfirm={async () => {
        await remove.mutateAsync({ policyId: policy.id });
        toast.done(t("remove.done", { name: policy.name }));
        await queryClient.invalidateQueries(trpc.slas.pathFilter());
        await queryClient.invalidateQueries(trpc.calendars.pathFilter());
      }}
    />
  );
}
