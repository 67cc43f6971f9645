import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { queryClient, trpc } from "../../lib/trpc.ts";
import { explainError, FormDialog, TextField, toast, uiStrings } from "../../ui/index.ts";
import { adminStrings } from "./strings.ts";

/** Makes a workspace, for oneself or for somebody who has an account. */
export function CreateTenantDialog({ onClose }: { onClose: () => void }) {
  const t = useT(adminStrings);
  const ui = useT(uiStrings);
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
  function submit(values: FormData) {
    const name = String(values.get("name")).trim();
    const ownerEmail = String(values.get("owner")).trim();
    setMissing(name === "");
    if (name !== "") create.mutate({ name, ...(ownerEmail ? { ownerEmail } : {}) });
  }
  return (
    <FormDialog
      onClose={onClose}
      title={t("tenant.create.title")}
      submitLabel={t("tenant.create.save")}
      pending={create.isPending}
      onSubmit={submit}
    >
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
    </FormDialog>
  );
}
