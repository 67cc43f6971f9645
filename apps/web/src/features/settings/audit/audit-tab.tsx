import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { ScrollText, SearchX } from "lucide-react";
import { useT } from "../../../lib/i18n.ts";
import { trpc } from "../../../lib/trpc.ts";
import { Button, EmptyState, ErrorState, Panel, Skeleton } from "../../../ui/index.ts";
import { useActorName } from "./actor-name.ts";
import { EntryRow } from "./entry-row.tsx";
import { FilterBar } from "./filter-bar.tsx";
import { ExportMenu, IntegrityCheck } from "./log-checks.tsx";
import { auditStrings } from "./strings.ts";
import { useAuditFilter } from "./use-audit-filter.ts";

/** What was changed in the workspace, newest first. The filter is in the URL. */
export function AuditTab() {
  const t = useT(auditStrings);
  const actorName = useActorName();
  const { chosen, filter, choose } = useAuditFilter();
  const log = useInfiniteQuery(
    trpc.audit.list.infiniteQueryOptions(filter, {
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: keepPreviousData,
    }),
  );
  const entries = log.data?.pages.flatMap((page) => page.items) ?? [];
  const isFiltered = Object.keys(chosen).length > 0;
  const actor = entries.find((entry) => entry.actor.id === chosen.actor)?.actor;
  const subject = entries.find((entry) => entry.subject.id === chosen.subject)?.subject;

  return (
    <Panel
      title={t("title")}
      description={<p className="max-w-prose">{t("text")}</p>}
      action={<ExportMenu filter={filter} />}
    >
      <div className="flex flex-col gap-4">
        <IntegrityCheck />
        <FilterBar
          chosen={chosen}
          choose={choose}
          actorName={actor && actorName(actor)}
          subjectName={subject && `${subject.type} ${subject.id.slice(0, 8)}`}
        />
        {log.isPending ? (
          <Skeleton className="h-64" />
        ) : log.isError ? (
          <ErrorState error={log.error} title={t("failed")} onRetry={() => void log.refetch()} />
        ) : entries.length > 0 ? (
          <ul className="divide-y divide-line overflow-hidden rounded-control border border-line">
            {entries.map((entry) => (
              <EntryRow
                key={entry.id}
                entry={entry}
                onActor={() => choose({ actor: entry.actor.id })}
                onSubject={() => choose({ subject: entry.subject.id })}
              />
            ))}
          </ul>
        ) : log.hasNextPage ? (
          <p className="text-14 text-ink-2">{t("none.further")}</p>
        ) : isFiltered ? (
          <EmptyState
            icon={<SearchX aria-hidden />}
            title={t("none.found")}
            action={<Button onClick={() => choose({})}>{t("none.action")}</Button>}
          />
        ) : (
          <EmptyState icon={<ScrollText aria-hidden />} title={t("none.title")}>
            {t("none.text")}
          </EmptyState>
        )}
        {log.hasNextPage ? (
          <Button
            className="self-center"
            pending={log.isFetchingNextPage}
            onClick={() => void log.fetchNextPage()}
          >
            {t("older")}
          </Button>
        ) : null}
      </div>
    </Panel>
  );
}
