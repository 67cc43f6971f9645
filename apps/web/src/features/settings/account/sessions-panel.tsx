import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import {
  Badge,
  Button,
  ConfirmDialog,
  ErrorState,
  explainError,
  Pager,
  Panel,
  Skeleton,
  Time,
  toast,
  uiStrings,
} from "../../../ui/index.ts";
import { sessionStrings } from "./session-strings.ts";

const pageSize = 10;

/** Where the person is signed in, and the ways to end that. */
export function SessionsPanel() {
  const t = useT(sessionStrings);
  const ui = useT(uiStrings);
  const [page, setPage] = useState(1);
  const [asking, setAsking] = useState(false);
  const list = useQuery(trpc.auth.listSessions.queryOptions({ page, pageSize }));
  const renew = () => queryClient.invalidateQueries(trpc.auth.listSessions.pathFilter());
  const onError = (error: unknown) => toast.failed(t("failed"), explainError(error, ui));
  const revoke = useMutation(trpc.auth.revokeSession.mutationOptions({ onSettled: renew, onError }));
  const { mutateAsync: revokeOthers } = useMutation(
    trpc.auth.revokeOtherSessions.mutationOptions({ onSettled: renew }),
  );

  async function endOthers() {
    const { ended } = await revokeOthers();
    setPage(1);
    toast.done(t("ended", { count: ended }));
  }

  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.data) return <Skeleton className="h-28" />;
  const { items, meta } = list.data;
  return (
    <Panel
      title={t("title")}
      description={t("text")}
      action={meta.totalItems > 1 ? <Button onClick={() => setAsking(true)}>{t("endOthers")}</Button> : null}
    >
      <ul className="-mx-3 divide-y divide-line">
        {items.map((session) => (
          <li key={session.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-2.5">
            <div className="min-w-0 grow basis-60">
              <div className="flex flex-wrap items-center gap-2">
                <bdi className="text-14 font-medium">{session.device || t("unknown")}</bdi>
                {session.isCurrent ? <Badge tone="info">{t("this")}</Badge> : null}
              </div>
              <p className="text-13 text-ink-2">
                {t("lastActive")} <Time value={session.lastActiveAt} />
                {session.ipAddress ? (
                  <>
                    {" · "}
                    <bdi className="font-mono text-12">{session.ipAddress}</bdi>
                  </>
                ) : null}
              </p>
            </div>
            {session.isCurrent ? null : (
              <Button
                size="sm"
                variant="danger"
                pending={revoke.isPending && revoke.variables.id === session.id}
                onClick={() => revoke.mutate({ id: session.id })}
              >
                {t("end")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Pager page={page} pages={meta.totalPages} onPage={setPage} className="mt-3" />
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("endOthers.title")}
        description={t("endOthers.text")}
        confirmLabel={t("endOthers")}
        onConfirm={endOthers}
      />
    </Panel>
  );
}
