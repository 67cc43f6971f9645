import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../lib/i18n.ts";
import type { Tenant } from "../../lib/models.ts";
import { queryClient, trpc } from "../../lib/trpc.ts";
import { Button, Dialog, explainError, Select, toast, uiStrings } from "../../ui/index.ts";
import { adminStrings } from "./strings.ts";

/** Gives a workspace another plan. */
export function TenantPlanDialog({ tenant, onClose }: { tenant: Tenant; onClose: () => void }) {
  const t = useT(adminStrings);
  const ui = useT(uiStrings);
  const plans = useQuery(trpc.admin.listPlans.queryOptions());
  const all = plans.data ?? [];
  const initial = tenant.usage.plan.id;
  const [chosen, setChosen] = useState(initial);
  const save = useMutation(
    trpc.admin.setTenantPlan.mutationOptions({
      async onSuccess(plan) {
        toast.done(t("tenant.done", { name: tenant.name, plan: plan.name }));
        onClose();
        await queryClient.invalidateQueries(trpc.admin.listTenants.queryFilter());
        await queryClient.invalidateQueries(trpc.user.getUsage.queryFilter());
      },
    }),
  );
  // the default plan is chosen as such, so that a workspace follows when another becomes the default
  const options = all
    .filter((plan) => plan.isActive || plan.id === initial)
    .map((plan) => ({
      value: plan.id,
      label: plan.isDefault ? t("tenant.dialog.default", { name: plan.name }) : plan.name,
    }));
  const planId = all.find((plan) => plan.id === chosen)?.isDefault ? null : chosen;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("tenant.dialog.title", { name: tenant.name })}
      description={t("tenant.dialog.text")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button
            variant="primary"
            pending={save.isPending}
            onClick={() => save.mutate({ tenantId: tenant.id, planId })}
          >
            {t("tenant.dialog.save")}
          </Button>
        </>
      }
    >
      <Select
        label={t("tenant.dialog.field")}
        value={chosen}
        options={options}
        onChange={setChosen}
        disabled={plans.isPending}
        error={save.error || plans.error ? explainError(save.error ?? plans.error, ui) : null}
      />
    </Dialog>
  );
}
