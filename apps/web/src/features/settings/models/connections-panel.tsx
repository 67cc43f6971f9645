import { useMutation, useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { ApiKey } from "../../../lib/models.ts";
import { may, useSession } from "../../../lib/session.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import { Button, ConfirmDialog, ErrorState, Panel, Skeleton, toast } from "../../../ui/index.ts";
import { settingsStrings } from "../strings.ts";
import { ConnectionDialog } from "./connection-dialog.tsx";
import { ConnectionRow } from "./connection-row.tsx";

/** The workspace's connections of one purpose: which there are, whether they work, and how to make one. */
export function ConnectionsPanel({ purpose }: { purpose: ApiKey["purpose"] }) {
  const t = useT(settingsStrings);
  const session = useSession();
  const mayChange = may(session, "manage models");
  const keys = useQuery(trpc.user.listLlmApiKeys.queryOptions());
  const remove = useMutation(trpc.user.removeLlmApiKey.mutationOptions());
  const [editing, setEditing] = useState<ApiKey | "new" | null>(null);
  const [removing, setRemoving] = useState<ApiKey | null>(null);
  const connected = keys.data?.filter((key) => key.isConfigured && key.purpose === purpose) ?? [];

  async function confirmRemoval({ provider }: ApiKey) {
    await remove.mutateAsync({ provider, purpose });
    await queryClient.invalidateQueries(trpc.user.listLlmApiKeys.queryFilter());
    toast.done(t("models.removed", { name: t(`provider.${provider}`) }));
  }

  return (
    <Panel
      title={t(`models.${purpose}.title`)}
      description={<p className="max-w-prose">{t(`models.${purpose}.text`)}</p>}
      action={
        mayChange ? (
          <Button
            variant={connected.length === 0 && purpose === "answering" ? "primary" : "secondary"}
            icon={<Plus className="size-4" aria-hidden />}
            onClick={() => setEditing("new")}
          >
            {t(`models.${purpose}.add`)}
          </Button>
        ) : null
      }
    >
      {keys.isPending ? (
        <Skeleton className="h-16" />
      ) : keys.isError ? (
        <ErrorState error={keys.error} onRetry={() => void keys.refetch()} />
      ) : connected.length === 0 ? (
        <p className="rounded-control bg-surface-2 px-3 py-3 text-14 text-ink-2">
          {t(`models.${purpose}.none`)}
        </p>
      ) : (
        <ul className="divide-y divide-line rounded-control border border-line">
          {connected.map((key) => (
            <ConnectionRow
              key={key.provider}
              connection={key}
              {...(mayChange ? { onChange: () => setEditing(key), onRemove: () => setRemoving(key) } : {})}
            />
          ))}
        </ul>
      )}
      {mayChange ? null : <p className="mt-3 text-13 text-ink-3">{t("models.onlyAdmins")}</p>}
      {editing === null ? null : (
        <ConnectionDialog
          purpose={purpose}
          current={editing === "new" ? null : editing}
          taken={connected.map((key) => key.provider)}
          onClose={() => setEditing(null)}
        />
      )}
      {removing === null ? null : (
        <ConfirmDialog
          open
          onClose={() => setRemoving(null)}
          title={t("models.remove.title", { name: t(`provider.${removing.provider}`) })}
          description={t(`models.${purpose}.remove`)}
          confirmLabel={t("models.remove.action")}
          onConfirm={() => confirmRemoval(removing)}
        />
      )}
    </Panel>
  );
}
