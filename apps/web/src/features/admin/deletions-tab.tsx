import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { useFormat } from "../../lib/format.ts";
import { useT } from "../../lib/i18n.ts";
import type { Deletion } from "../../lib/models.ts";
import { queryClient, trpc } from "../../lib/trpc.ts";
import {
  Badge,
  Button,
  EmptyState,
  ErrorState,
  explainError,
  Pager,
  Skeleton,
  Time,
  toast,
  uiStrings,
} from "../../ui/index.ts";
import { useListing } from "./listing.tsx";
import { adminStrings } from "./strings.ts";

/** Every deletion of a workspace, from the request to the certificate. */
export function DeletionsTab() {
  const t = useT(adminStrings);
  const { page, pageSize } = useListing();
  const navigate = useNavigate({ from: "/admin" });
  const deletions = useQuery(
    trpc.admin.listDeletions.queryOptions({ page, pageSize }, { placeholderData: keepPreviousData }),
  );
  if (deletions.isError) {
    return <ErrorState error={deletions.error} onRetry={() => void deletions.refetch()} />;
  }
  if (deletions.data === undefined) return <Skeleton className="h-64" />;
  if (deletions.data.items.length === 0) {
    return (
      <EmptyState icon={<Trash2 aria-hidden />} title={t("deletion.none")}>
        {t("deletion.none.text")}
      </EmptyState>
    );
  }
  return (
    <>
      <ul className="divide-y divide-line rounded-panel border border-line bg-surface-1">
        {deletions.data.items.map((deletion) => (
          <DeletionRow key={deletion.id} deletion={deletion} />
        ))}
      </ul>
      <Pager
        page={page}
        pages={deletions.data.meta.totalPages}
        onPage={(to) => void navigate({ search: (now) => ({ ...now, page: to }) })}
      />
    </>
  );
}

const tones = { waiting: "warn", cancelled: "neutral", running: "info", done: "good" } as const;

function DeletionRow({ deletion }: { deletion: Deletion }) {
  const t = useT(adminStrings);
  const ui = useT(uiStrings);
  const format = useFormat();
  const [pending, setPending] = useState(false);
  const { id, tenant, status, requestedAt, dueAt, hasCertificate } = deletion;

  async function download() {
    setPending(true);
    try {
      const options = trpc.admin.getDeletionCertificate.queryOptions({ deletionId: id });
      save(`deletion-certificate-${id}.json`, await queryClient.fetchQuery(options));
    } catch (error) {
      toast.failed(t("deletion.failed"), explainError(error, ui));
    } finally {
      setPending(false);
    }
  }

  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-60 grow basis-0">
        <p className="flex flex-wrap items-center gap-2">
          <span dir="auto" className="text-14 font-semibold [overflow-wrap:anywhere]">
            {tenant?.name ?? t("deletion.gone")}
          </span>
          <Badge tone={tones[status]}>{t(`deletion.${status}`)}</Badge>
        </p>
        <p className="text-13 text-ink-2">
          {t("deletion.requested")} <Time value={requestedAt} />
          {status === "waiting" ? ` · ${t("deletion.due", { date: format.day(new Date(dueAt)) })}` : null}
        </p>
      </div>
      {hasCertificate ? (
        <Button
          size="sm"
          pending={pending}
          aria-label={t("deletion.certificate.label", { id })}
          onClick={() => void download()}
        >
          {t("deletion.certificate")}
        </Button>
      ) : null}
    </li>
  );
}

/** Has the browser keep a document as a file. */
function save(name: string, content: unknown): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(content, null, 2)], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
