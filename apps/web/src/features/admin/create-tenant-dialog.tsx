import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { queryClient, trpc } from "../../lib/trpc.ts";
import { Button, Dialog, explainError, TextField, toast, uiStrings } from "../../ui/index.ts";
import { adminStrings } from "./strings.ts";

/** Makes a workspace, for oneself or for somebody who has an account. */
export function CreateTenantDialog({ onClose }: { onClose: () => void }) {
  const t = useT(adminStrings);
  const ui = useT(uiStrings);
  const form = useId();
  const [missing, setMissing] = useState(false);
  const create = useMutation(
    trpc.admin.createTenant.mutationOptions({
      async onSuccess({ name }) {
        toast.done(t("tenant.create.done", { name }));
        onClose();
        await queryClient.invalidateQueries(trpc.admin.listTenants.queryFilter());
        await queryClient.invalidateQueries(trpc.auth.listTenants.queryFilter());
      },
    }),
  );
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const values = new FormData(event.currentTarget);
    const name = String(values.get("name")).trim();
    const ownerEmail = String(values.get("owner")).trim();
    setMissing(name === "");
    if (name !== "" && !create.isPending) create.mutate({ name, ...(ownerEmail ? { ownerEmail } : {}) });
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("tenant.create.title")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button variant="primary" type="submit" form={form} pending={create.isPending}>
            {t("tenant.create.save")}
          </Button>
        </>
      }
    >
      <form id={form} noValidate onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label={t("tenant.create.name")}
          name="name"
          maxLength={100}
          error={missing ? t("tenant.create.missing") : null}
        />
        <TextField
          label={t("tenant.create.owner")}
          name="owner"
          type="email"
          dir="ltr"
          maxLength={320}
          hint={t("tenant.create.owner.hint")}
          error={create.error ? explainError(create.error, ui) : null}
        />
      </form>
    </Dialog>
  );
}
