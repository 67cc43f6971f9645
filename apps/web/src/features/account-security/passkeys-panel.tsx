import { useMutation, useQuery } from "@tanstack/react-query";
import { Pencil } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { queryClient, trpc } from "../../lib/trpc.ts";
import {
  Badge,
  Button,
  Dialog,
  ErrorState,
  explainError,
  IconButton,
  Panel,
  Skeleton,
  TextField,
  Time,
  toast,
  uiStrings,
} from "../../ui/index.ts";
import { ConfirmForm } from "../second-factor/confirm-form.tsx";
import { securityStrings } from "./strings.ts";

interface Named {
  id: string;
  name: string;
}

const refresh = () => {
  void queryClient.invalidateQueries(trpc.passkeys.pathFilter());
  void queryClient.invalidateQueries(trpc.mfa.pathFilter());
};

/** Passkeys: how to sign in without a password, by a finger, a face or a PIN. */
export function PasskeysPanel() {
  const t = useT(securityStrings);
  const [adding, setAdding] = useState(false);
  const [renaming, setRenaming] = useState<Named | null>(null);
  const [removing, setRemoving] = useState<Named | null>(null);
  const list = useQuery(trpc.passkeys.list.queryOptions());
  const remove = useMutation(trpc.passkeys.delete.mutationOptions());
  const isPossible = "PublicKeyCredential" in window;

  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.data) return <Skeleton className="h-28" />;
  return (
    <Panel
      title={t("passkeys.title")}
      description={t("passkeys.text")}
      action={isPossible ? <Button onClick={() => setAdding(true)}>{t("passkeys.add")}</Button> : null}
    >
      {list.data.length === 0 ? (
        <p className="text-14 text-ink-2">{t(isPossible ? "passkeys.none" : "passkeys.impossible")}</p>
      ) : (
        <ul className="-mx-3 divide-y divide-line">
          {list.data.map((passkey) => (
            <li key={passkey.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-2.5">
              <div className="min-w-0 grow basis-60">
                <div className="flex flex-wrap items-center gap-2">
                  <bdi className="text-14 font-medium [overflow-wrap:anywhere]">{passkey.name}</bdi>
                  {passkey.backedUp ? <Badge>{t("passkeys.synced")}</Badge> : null}
                  <IconButton
                    label={t("passkeys.rename", { name: passkey.name })}
                    icon={<Pencil className="size-4" aria-hidden />}
                    onClick={() => setRenaming(passkey)}
                  />
                </div>
                <p className="text-13 text-ink-2">
                  {t("passkeys.added")} <Time value={passkey.createdAt} />
                </p>
              </div>
              <Button size="sm" variant="danger" onClick={() => setRemoving(passkey)}>
                {t("passkeys.remove")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {adding ? <AddDialog onClose={() => setAdding(false)} /> : null}
      {renaming ? <RenameDialog passkey={renaming} onClose={() => setRenaming(null)} /> : null}
      <Dialog open={removing !== null} onClose={() => setRemoving(null)} title={t("passkeys.remove.title")}>
        <ConfirmForm
          action={t("passkeys.remove")}
          variant="danger"
          onConfirm={async (confirmed) => {
            if (removing) await remove.mutateAsync({ id: removing.id, ...confirmed });
            setRemoving(null);
            refresh();
          }}
        >
          <p className="text-14 text-ink-2">{t("passkeys.remove.text", { name: removing?.name ?? "" })}</p>
        </ConfirmForm>
      </Dialog>
    </Panel>
  );
}

function AddDialog({ onClose }: { onClose: () => void }) {
  const t = useT(securityStrings);
  const [declined, setDeclined] = useState(false);
  const start = useMutation(trpc.passkeys.startRegistration.mutationOptions());
  const finish = useMutation(trpc.passkeys.finishRegistration.mutationOptions());

  async function add(confirmed: { password?: string }, values: FormData) {
    setDeclined(false);
    const options = await start.mutateAsync(confirmed);
    const { createPasskey } = await import("./create-passkey.ts");
    const response = await createPasskey(options);
    if (!response) return setDeclined(true);
    const name = String(values.get("name")).trim();
    await finish.mutateAsync({ response, ...(name === "" ? {} : { name }) });
    onClose();
    refresh();
    toast.done(t("passkeys.done"));
  }

  return (
    <Dialog open onClose={onClose} title={t("passkeys.add")} description={t("passkeys.add.text")}>
      <ConfirmForm action={t("passkeys.add.go")} onConfirm={add}>
        <TextField label={t("passkeys.name")} name="name" maxLength={60} hint={t("passkeys.name.hint")} />
        {declined ? (
          <p role="alert" className="text-13 text-bad">
            {t("passkeys.declined")}
          </p>
        ) : null}
      </ConfirmForm>
    </Dialog>
  );
}

function RenameDialog({ passkey, onClose }: { passkey: Named; onClose: () => void }) {
  const t = useT(securityStrings);
  const ui = useT(uiStrings);
  const [missing, setMissing] = useState(false);
  const rename = useMutation(
    trpc.passkeys.rename.mutationOptions({
      onSuccess() {
        refresh();
        onClose();
      },
    }),
  );
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name")).trim();
    setMissing(name === "");
    if (name !== "" && !rename.isPending) rename.mutate({ id: passkey.id, name });
  }
  const failure = rename.isError ? explainError(rename.error, ui) : undefined;
  return (
    <Dialog open onClose={onClose} title={t("passkeys.rename", { name: passkey.name })}>
      <form noValidate onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label={t("passkeys.name")}
          name="name"
          maxLength={60}
          defaultValue={passkey.name}
          error={missing ? t("passkeys.name.missing") : failure}
        />
        <Button type="submit" variant="primary" pending={rename.isPending} className="self-end">
          {t("passkeys.save")}
        </Button>
      </form>
    </Dialog>
  );
}
