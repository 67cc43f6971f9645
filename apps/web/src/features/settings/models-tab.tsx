import { useMutation, useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useT } from "../../lib/i18n.ts";
import type { ApiKey } from "../../lib/models.ts";
import { useSession } from "../../lib/session.ts";
import { queryClient, trpc } from "../../lib/trpc.ts";
import {
  Button,
  ConfirmDialog,
  ErrorState,
  Panel,
  Skeleton,
  StatusDot,
  Time,
  toast,
} from "../../ui/index.ts";
import { ConnectionDialog } from "./connection-dialog.tsx";
import { settingsStrings } from "./strings.ts";

/** The model connections of the workspace: which there are, whether they work, and how to make one. */
export function ModelsTab() {
  const t = useT(settingsStrings);
  const { role } = useSession();
  const mayChange = role === "owner" || role === "admin";
  const keys = useQuery(trpc.user.listLlmApiKeys.queryOptions());
  const remove = useMutation(trpc.user.removeLlmApiKey.mutationOptions());
  const [editing, setEditing] = useState<ApiKey | "new" | null>(null);
  const [removing, setRemoving] = useState<ApiKey | null>(null);
  const connected = keys.data?.filter((key) => key.isConfigured) ?? [];
  const nameOf = (key: ApiKey) => t(`provider.${key.provider}`);

  async function confirmRemoval(key: ApiKey) {
    await remove.mutateAsync({ provider: key.provider });
    await queryClient.invalidateQueries(trpc.user.listLlmApiKeys.queryFilter());
    toast.done(t("models.removed", { name: nameOf(key) }));
  }

  return (
    <Panel
      title={t("models.title")}
      description={<p className="max-w-prose">{t("models.text")}</p>}
      action={
        mayChange ? (
          <Button
            variant={connected.length === 0 ? "primary" : "secondary"}
            icon={<Plus className="size-4" aria-hidden />}
            onClick={() => setEditing("new")}
          >
            {t("models.add")}
          </Button>
        ) : null
      }
    >
      {keys.isPending ? (
        <Skeleton className="h-16" />
      ) : keys.isError ? (
        <ErrorState error={keys.error} onRetry={() => void keys.refetch()} />
      ) : connected.length === 0 ? (
        <p className="rounded-control bg-surface-2 px-3 py-3 text-14 text-ink-2">{t("models.none")}</p>
      ) : (
        <ul className="divide-y divide-line rounded-control border border-line">
          {connected.map((key) => (
            <li key={key.provider} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-3">
              <div className="min-w-0 grow">
                <div className="flex flex-wrap items-center gap-x-3">
                  <span className="text-14 font-medium">{nameOf(key)}</span>
                  <Outcome connection={key} />
                </div>
                <p className="text-13 text-ink-2 [overflow-wrap:anywhere]">
                  <bdi>{[key.model, key.baseUrl].filter(Boolean).join(" · ")}</bdi>
                </p>
                {key.statusMessage ? (
                  <p dir="auto" className="text-start text-13 text-ink-3">
                    {key.statusMessage}
                  </p>
                ) : null}
              </div>
              {mayChange ? (
                <div className="flex gap-2">
                  <Button size="sm" onClick={() => setEditing(key)}>
                    {t("models.change")}
                  </Button>
                  <Button size="sm" variant="danger" onClick={() => setRemoving(key)}>
                    {t("models.remove")}
                  </Button>
                </div>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {mayChange ? null : <p className="mt-3 text-13 text-ink-3">{t("models.onlyAdmins")}</p>}
      {editing === null ? null : (
        <ConnectionDialog current={editing === "new" ? null : editing} onClose={() => setEditing(null)} />
      )}
      {removing === null ? null : (
        <ConfirmDialog
          open
          onClose={() => setRemoving(null)}
          title={t("models.remove.title", { name: nameOf(removing) })}
          description={t("models.remove.text")}
          confirmLabel={t("models.remove.action")}
          onConfirm={() => confirmRemoval(removing)}
        />
      )}
    </Panel>
  );
}

/** How the last test went; a connection is only saved once it passed. */
function Outcome({ connection }: { connection: ApiKey }) {
  const t = useT(settingsStrings);
  return (
    <span className="inline-flex flex-wrap items-center gap-x-2 text-13 text-ink-3">
      <StatusDot tone="good" label={t("models.works")} />
      {connection.lastTested ? (
        <span>
          · {t("models.tested")} <Time value={connection.lastTested} />
        </span>
      ) : null}
    </span>
  );
}
