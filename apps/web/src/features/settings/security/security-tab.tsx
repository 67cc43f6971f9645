import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { ShieldCheck } from "lucide-react";
import { useT } from "../../../lib/i18n.ts";
import type { SecurityEvent } from "../../../lib/models.ts";
import { trpc } from "../../../lib/trpc.ts";
import { Button, EmptyState, ErrorState, Pager, Panel, Select, Skeleton } from "../../../ui/index.ts";
import { EventRow } from "./event-row.tsx";
import { kindStrings } from "./kinds.strings.ts";
import { securityStrings } from "./strings.ts";

const severities = ["critical", "warning", "info"] as const;
const kinds = Object.keys(kindStrings.tables.en).filter(isKind);

function isKind(key: string): key is SecurityEvent["kind"] {
  return !key.startsWith("todo.");
}

/** What happened to accounts, keys and the workspace, newest first. The filter and the page are in the URL. */
export function SecurityTab() {
  const t = useT(securityStrings);
  const words = useT(kindStrings);
  const search = useSearch({ from: "/signed-in/settings" });
  const navigate = useNavigate({ from: "/settings" });
  const page = search.page ?? 1;
  const severity = severities.find((known) => known === search.severity);
  const kind = kinds.find((known) => known === search.kind);
  const events = useQuery(
    trpc.enterpriseSecurity.listSecurityEvents.queryOptions(
      { page, ...(severity ? { severity } : {}), ...(kind ? { kind } : {}) },
      { placeholderData: keepPreviousData },
    ),
  );
  const show = (filter: { severity?: string; kind?: string }) =>
    void navigate({ search: { tab: "security", ...filter }, replace: true });
  const ofBoth = (next: { severity: string; kind: string }) =>
    show({
      ...(next.severity === "all" ? {} : { severity: next.severity }),
      ...(next.kind === "all" ? {} : { kind: next.kind }),
    });

  return (
    <Panel title={t("title")} description={t("text")}>
      <div className="flex flex-col gap-4">
        <div className="flex flex-wrap gap-3">
          <Select
            label={t("severity")}
            value={severity ?? "all"}
            options={[
              { value: "all", label: t("severity.all") },
              ...severities.map((value) => ({ value, label: t(`severity.${value}`) })),
            ]}
            onChange={(next) => ofBoth({ severity: next, kind: kind ?? "all" })}
            className="min-w-40 grow sm:grow-0"
          />
          <Select
            label={t("kind")}
            value={kind ?? "all"}
            options={[
              { value: "all", label: t("kind.all") },
              ...kinds.map((value) => ({ value, label: words(value) })),
            ]}
            onChange={(next) => ofBoth({ severity: severity ?? "all", kind: next })}
            className="min-w-56 grow sm:grow-0"
          />
        </div>
        {events.isPending ? (
          <Skeleton className="h-64" />
        ) : events.isError ? (
          <ErrorState error={events.error} title={t("failed")} onRetry={() => void events.refetch()} />
        ) : events.data.items.length > 0 ? (
          <>
            <ul className="divide-y divide-line rounded-control border border-line">
              {events.data.items.map((event) => (
                <EventRow key={event.id} event={event} />
              ))}
            </ul>
            <Pager
              page={page}
              pages={events.data.meta.totalPages}
              onPage={(to) => void navigate({ search: (now) => ({ ...now, page: to }) })}
            />
          </>
        ) : severity || kind ? (
          <EmptyState
            icon={<ShieldCheck aria-hidden />}
            title={t("none.filtered")}
            action={<Button onClick={() => show({})}>{t("none.all")}</Button>}
          />
        ) : (
          <EmptyState icon={<ShieldCheck aria-hidden />} title={t("none.title")}>
            {t("none.text")}
          </EmptyState>
        )}
      </div>
    </Panel>
  );
}
