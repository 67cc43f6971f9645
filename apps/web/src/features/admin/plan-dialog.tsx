import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../lib/i18n.ts";
import type { Plan } from "../../lib/models.ts";
import { queryClient, trpc } from "../../lib/trpc.ts";
import { explainError, FormDialog, Select, TextArea, TextField, toast, uiStrings } from "../../ui/index.ts";
import { type PlanLimit, planLimits, readLimit, unlimited } from "./plan-limits.ts";
import { planStrings } from "./plans.strings.ts";

type Choice = "yes" | "no";
const choice = (value: boolean): Choice => (value ? "yes" : "no");

/** Changes what a plan allows. */
export function PlanDialog({ plan, onClose }: { plan: Plan; onClose: () => void }) {
  const t = useT(planStrings);
  const ui = useT(uiStrings);
  const [advanced, setAdvanced] = useState(choice(plan.allowAdvancedRagConfig));
  const [offered, setOffered] = useState(choice(plan.isActive));
  const [asDefault, setAsDefault] = useState(choice(plan.isDefault));
  const [wrong, setWrong] = useState<ReadonlySet<string>>(new Set());
  const save = useMutation(
    trpc.admin.updatePlan.mutationOptions({
      async onSuccess(saved) {
        toast.done(t("plan.done", { name: saved.name }));
        onClose();
        await queryClient.invalidateQueries(trpc.admin.pathFilter());
        await queryClient.invalidateQueries(trpc.user.getUsage.queryFilter());
      },
    }),
  );

  function submit(values: FormData) {
    const text = (name: string) => String(values.get(name) ?? "").trim();
    const found = new Set<string>();
    const limits: Partial<Record<PlanLimit, number>> = {};
    for (const limit of planLimits) {
      const value = readLimit(text(limit), limit);
      if (value === null) found.add(limit);
      else limits[limit] = value;
    }
    const price = text("price") === "" ? null : Number(text("price"));
    if (price !== null && !(price >= 0)) found.add("price");
    if (text("name") === "") found.add("name");
    setWrong(found);
    if (found.size > 0) return;
    save.mutate({
      planId: plan.id,
      name: text("name"),
      description: text("description") || null,
      priceMonthly: price,
      ...limits,
      allowAdvancedRagConfig: advanced === "yes",
      isActive: offered === "yes",
      ...(asDefault === "yes" ? { isDefault: true as const } : {}),
    });
  }

  const choices = (field: "advanced" | "offer" | "asDefault") => [
    { value: "yes" as const, label: t(`plan.${field}.yes`) },
    { value: "no" as const, label: t(`plan.${field}.no`) },
  ];
  return (
    <FormDialog
      onClose={onClose}
      title={t("plan.dialog.title", { name: plan.name })}
      description={t("plan.dialog.text")}
      submitLabel={t("plan.save")}
      pending={save.isPending}
      failure={save.isError ? t("plan.failed", { reason: explainError(save.error, ui) }) : null}
      onSubmit={submit}
    >
      <TextField
        label={t("plan.name")}
        name="name"
        maxLength={60}
        defaultValue={plan.name}
        error={wrong.has("name") ? t("plan.name.missing") : null}
      />
      <TextArea
        label={t("plan.description")}
        name="description"
        maxLength={500}
        defaultValue={plan.description ?? ""}
      />
      <p className="text-13 text-ink-3">{t("plan.limits.hint")}</p>
      {planLimits.map((limit) => (
        <TextField
          key={limit}
          label={t(`plan.limit.${limit}`)}
          name={limit}
          inputMode="decimal"
          dir="ltr"
          defaultValue={plan[limit] >= unlimited ? "" : String(plan[limit])}
          error={wrong.has(limit) ? t("plan.limit.bad") : null}
        />
      ))}
      <Select
        label={t("plan.advanced")}
        value={advanced}
        options={choices("advanced")}
        onChange={setAdvanced}
      />
      <Select
        label={t("plan.offer")}
        value={offered}
        options={choices("offer")}
        onChange={setOffered}
        disabled={asDefault === "yes"}
      />
      <Select
        label={t("plan.asDefault")}
        value={asDefault}
        options={choices("asDefault")}
        onChange={setAsDefault}
        disabled={plan.isDefault}
      />
      <TextField
        label={t("plan.priceField")}
        name="price"
        inputMode="decimal"
        dir="ltr"
        defaultValue={plan.priceMonthly === null ? "" : String(plan.priceMonthly)}
        hint={t("plan.priceField.hint")}
        error={wrong.has("price") ? t("plan.limit.bad") : null}
      />
    </FormDialog>
  );
}
