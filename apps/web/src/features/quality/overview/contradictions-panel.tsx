import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { may, useSession } from "../../../lib/session.ts";
import { type Outputs, queryClient, trpc } from "../../../lib/trpc.ts";
import { Badge, Button, ErrorState, Pager, Panel, Select, Skeleton, Time, toast } from "../../../ui/index.ts";
import { overviewStrings } from "./strings.ts";

type Contradiction = Outputs["qualityAssurance"]["contradictions"]["items"][number];
const statuses = ["open", "dismissed"] as const;
const pageSize = 10;

/** Pairs of passages that say different things of the same, the latest met first. */
export function ContradictionsPanel({ botId }: { botId: string | undefined }) {
  const t = useT(overviewStrings);
  const [status, setStatus] = useState<(typeof statuses)[number]>("open");
  const [page, setPage] = useState(1);
  const { data, error, isError, refetch } = useQuery(
    trpc.qualityAssurance.contradictions.queryOptions(
      { page, pageSize, status, ...(botId ? { botId } : {}) },
      { placeholderData: keepPreviousData },
    ),
  );
  return (
    <Panel
      title={t("contradictions.title")}
      description={t("contradictions.text")}
      action={
        <Select
          label={t("contradictions.show")}
          labelHidden
          className="w-40"
          value={status}
          options={statuses.map((value) => ({
            value,
            label: t(value === "open" ? "contradictions.open" : "contradictions.showDismissed"),
          }))}
          onChange={(next) => {
            setStatus(next);
            setPage(1);
          }}
        />
      }
    >
      {isError ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Skeleton className="h-16" />
      ) : data.items.length === 0 ? (
        <p className="text-13 text-ink-2">
          {t(status === "open" ? "contradictions.none" : "contradictions.noneDismissed")}
        </p>
      ) : (
        <>
          <ul className="flex flex-col divide-y divide-line">
            {data.items.map((item) => (
              <Row key={item.id} item={item} />
            ))}
          </ul>
          <Pager page={page} pages={data.meta.totalPages} onPage={setPage} className="mt-3" />
        </>
      )}
    </Panel>
  );
}

function Row({ item }: { item: Contradiction }) {
  const t = useT(overviewStrings);
  const session = useSession();
  const isOpen = item.status === "open";
  const dismiss = useMutation(
    trpc.qualityAssurance.dismissContradiction.mutationOptions({
      onSuccess: () => {
        toast.done(t(isOpen ? "contradictions.dismissed" : "contradictions.reopened"));
        void queryClient.invalidateQueries(trpc.qualityAssurance.contradictions.pathFilter());
      },
    }),
  );
  return (
    <li className="flex flex-col gap-2 py-3 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center gap-2 text-12 text-ink-3">
        <Badge tone="warn">{t(`contradictions.${item.kind}`)}</Badge>
        <bdi>{item.bot.name}</bdi>
        <span>{t("contradictions.seen", { count: item.occurrences })}</span>
        <span>
          {t("contradictions.last")} <Time value={item.lastSeenAt} />
        </span>
        {may(session, "manage knowledge") ? (
          <Button
            size="sm"
            variant="ghost"
            className="ms-auto"
            disabled={dismiss.isPending}
            onClick={() => dismiss.mutate({ contradictionId: item.id, dismissed: isOpen })}
          >
            {t(isOpen ? "contradictions.dismiss" : "contradictions.reopen")}
          </Button>
        ) : null}
      </div>
      <div className="grid gap-2 md:grid-cols-2">
        {[item.first, item.second].map((place) => (
          <blockquote
            key={`${place.documentId} ${place.startOffset}`}
            className="flex flex-col gap-1 rounded-control border border-line bg-surface-0 p-2.5"
          >
            <p dir="auto" className="text-14 break-words">
              {place.quote}
            </p>
            <footer className="text-12">
              <Link
                to="/documents/$documentId"
                params={{ documentId: place.documentId }}
                search={{ version: place.version, start: place.startOffset, end: place.endOffset }}
                aria-label={t("contradictions.read", { name: place.documentName })}
                className="break-words text-accent hover:underline"
              >
                <bdi>{place.documentName}</bdi>
              </Link>
            </footer>
          </blockquote>
        ))}
      </div>
    </li>
  );
}
