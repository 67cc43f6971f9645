import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../lib/i18n.ts";
import type { Tenant } from "../../lib/models.ts";
import { queryClient, trpc } from "../../lib/trpc.ts";
import { explainError, FormDialog, TextArea, toast, uiStrings } from "../../ui/index.ts";
import { adminStrings } from "./strings.ts";

/** Shuts a workspace, with the reason that its members read. */
export function SuspendDialog({ tenant, onClose }: { tenant: Tenant; onClose: () => void }) {
  const t = useT(adminStrings);
  const ui = useT(uiStrings);
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
  function submit(values: FormData) {
    const reason = String(values.get("reason")).trim();
    setMissing(reason === "");
    if (reason !== "") suspend.mutate({ tenantId: tenant.id, reason });
  }
  const failure = suspend.error ? explainError(suspend.error, ui) : null;
  return (
    <FormDialog
      onClose={onClose}
      title={t("tenant.suspend.title", { name: tenant.name })}
      description={t("tenant.suspend.text")}
      submitLabel={t("tenant.suspend")}
      danger
      pending={suspend.isPending}
      onSubmit={submit}
    >
      <TextArea
        label={t("tenant.suspend.reason")}
        name="reason"
        maxLength={500}
        hint={t("tenant.suspend.reason.hint")}
        error={missing ? t("tenant.suspend.reason.missing") : failure}
      />
    </FormDialog>
  );
}
