import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useT } from "../../lib/i18n.ts";
import type { Tenant } from "../../lib/models.ts";
import { queryClient, trpc } from "../../lib/trpc.ts";
import { Button, Dialog, explainError, TextArea, toast, uiStrings } from "../../ui/index.ts";
import { adminStrings } from "./strings.ts";

/** Shuts a workspace, with the reason that its members read. */
export function SuspendDialog({ tenant, onClose }: { tenant: Tenant; onClose: () => void }) {
  const t = useT(adminStrings);
  const ui = useT(uiStrings);
  const form = useId();
  const [missing, setMissing] = useState(false);
  const suspend = useMutation(
    trpc.admin.suspendTenant.mutationOptions({
      async onSuccess() {
        toast.done(t("tenant.suspend.done", { name: tenant.name }));
        onClose();
        await queryClient.invalidateQueries(trpc.admin.listTenants.queryFilter());
      },
    }),
  );
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get("reason")).trim();
    setMissing(reason === "");
    if (reason !== "" && !suspend.isPending) suspend.mutate({ tenantId: tenant.id, reason });
  }
  const failure = suspend.error ? explainError(suspend.error, ui) : null;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("tenant.suspend.title", { name: tenant.name })}
      description={t("tenant.suspend.text")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button variant="danger" type="submit" form={form} pending={suspend.isPending}>
            {t("tenant.suspend")}
          </Button>
        </>
      }
    >
      <form id={form} noValidate onSubmit={submit}>
        <TextArea
          label={t("tenant.suspend.reason")}
          name="reason"
          maxLength={500}
          hint={t("tenant.suspend.reason.hint")}
          error={missing ? t("tenant.suspend.reason.missing") : failure}
        />
      </form>
    </Dialog>
  );
}
