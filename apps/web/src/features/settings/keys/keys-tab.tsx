import { useMutation, useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { AccessKey } from "../../../lib/models.ts";
import { may, useSession } from "../../../lib/session.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import { Button, ConfirmDialog, ErrorState, Panel, Skeleton, toast } from "../../../ui/index.ts";
import { CreateKeyDialog } from "./create-key-dialog.tsx";
import { KeyRow } from "./key-row.tsx";
import { RotateDialog } from "./rotate-dialog.tsx";
import { SecretDialog } from "./secret-dialog.tsx";
import { SignedIdentity } from "./signed-identity.tsx";
import { keyStrings } from "./strings.ts";
import { UseApi } from "./use-api.tsx";

/** The keys by which programs act for the workspace: which there are, when they were used, a new one, and how to use it. */
export function KeysTab() {
  const t = useT(keyStrings);
  if (may(useSession(), "manage API keys")) return <Keys />;
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
  const revoke = useMutation(trpc.apiKeys.revoke.mutationOptions());
  const [creating, setCreating] = useState(false);
  const [doing, setDoing] = useState<Doing | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const refresh = () => queryClient.invalidateQueries(trpc.apiKeys.list.queryFilter());

  async function confirmRevoke({ id, name }: AccessKey) {
    await revoke.mutateAsync({ id });
    toast.done(t("revoke.done", { name }));
    await refresh();
  }

  function show(created: string) {
    setCreating(false);
    setDoing(null);
    setSecret(created);
    void refresh();
  }

  return (
    <>
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
        {creating ? <CreateKeyDialog onClose={() => setCreating(false)} onCreated={show} /> : null}
        {doing?.act === "rotate" ? (
          <RotateDialog apiKey={doing.key} onClose={() => setDoing(null)} onRotated={show} />
        ) : null}
        {doing?.act === "revoke" ? (
          <ConfirmDialog
            open
            onClose={() => setDoing(null)}
            title={t("revoke.title", { name: doing.key.name })}
            description={t("revoke.text")}
            confirmLabel={t("revoke.action")}
            onConfirm={() => confirmRevoke(doing.key)}
          />
        ) : null}
        {secret === null ? null : <SecretDialog secret={secret} onClose={() => setSecret(null)} />}
      </Panel>
      <UseApi />
      <SignedIdentity />
    </>
  );
}
