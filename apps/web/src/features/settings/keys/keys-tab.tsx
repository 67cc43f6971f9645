import { useMutation, useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { AccessKey } from "../../../lib/models.ts";
import { useSession } from "../../../lib/session.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import { Button, ConfirmDialog, ErrorState, Panel, Skeleton, toast } from "../../../ui/index.ts";
import { CreateKeyDialog } from "./create-key-dialog.tsx";
import { KeyRow } from "./key-row.tsx";
import { SecretDialog } from "./secret-dialog.tsx";
import { keyStrings } from "./strings.ts";

/** The keys by which programs ask the workspace's bots: which there are, who uses them, and a new one. */
export function KeysTab() {
  const t = useT(keyStrings);
  const { role } = useSession();
  if (role === "owner" || role === "admin") return <Keys />;
  return (
    <Panel title={t("title")} description={t("text")}>
      <p className="text-14 text-ink-2">{t("onlyAdmins")}</p>
    </Panel>
  );
}

type Doing = { act: "rotate" | "revoke"; key: AccessKey };

function Keys() {
  const t = useT(keyStrings);
  const keys = useQuery(trpc.apiKeys.list.queryOptions());
  const rotate = useMutation(trpc.apiKeys.rotate.mutationOptions());
  const revoke = useMutation(trpc.apiKeys.revoke.mutationOptions());
  const [creating, setCreating] = useState(false);
  const [doing, setDoing] = useState<Doing | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const refresh = () => queryClient.invalidateQueries(trpc.apiKeys.list.queryFilter());

  async function confirm({ act, key }: Doing) {
    if (act === "rotate") setSecret((await rotate.mutateAsync({ id: key.id })).secret);
    else {
      await revoke.mutateAsync({ id: key.id });
      toast.done(t("revoke.done", { name: key.name }));
    }
    await refresh();
  }

  return (
    <Panel
      title={t("title")}
      description={<p className="max-w-prose">{t("text")}</p>}
      action={
        <Button
          variant={keys.data?.length === 0 ? "primary" : "secondary"}
          icon={<Plus className="size-4" aria-hidden />}
          onClick={() => setCreating(true)}
        >
          {t("add")}
        </Button>
      }
    >
      {keys.isPending ? (
        <Skeleton className="h-16" />
      ) : keys.isError ? (
        <ErrorState error={keys.error} title={t("failed")} onRetry={() => void keys.refetch()} />
      ) : keys.data.length === 0 ? (
        <p className="rounded-control bg-surface-2 px-3 py-3 text-14 text-ink-2">{t("none")}</p>
      ) : (
        <ul className="divide-y divide-line rounded-control border border-line">
          {keys.data.map((key) => (
            <KeyRow
              key={key.id}
              apiKey={key}
              onRotate={() => setDoing({ act: "rotate", key })}
              onRevoke={() => setDoing({ act: "revoke", key })}
            />
          ))}
        </ul>
      )}
      {creating ? (
        <CreateKeyDialog
          onClose={() => setCreating(false)}
          onCreated={(created) => {
            setCreating(false);
            setSecret(created);
            void refresh();
          }}
        />
      ) : null}
      {doing ? (
        <ConfirmDialog
          open
          onClose={() => setDoing(null)}
          title={t(`${doing.act}.title`, { name: doing.key.name })}
          description={t(`${doing.act}.text`)}
          confirmLabel={t(`${doing.act}.action`)}
          onConfirm={() => confirm(doing)}
        />
      ) : null}
      {secret === null ? null : <SecretDialog secret={secret} onClose={() => setSecret(null)} />}
    </Panel>
  );
}
