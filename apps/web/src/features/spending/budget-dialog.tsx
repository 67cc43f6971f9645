import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../lib/i18n.ts";
import type { Budget } from "../../lib/models.ts";
import { queryClient, trpc } from "../../lib/trpc.ts";
import { explainError, FormDialog, TextField, toast, uiStrings } from "../../ui/index.ts";
import { parseAmount } from "./amount.ts";
import { spendingStrings } from "./strings.ts";

/** Sets or takes away the limit. */
export default function BudgetDialog(props: { title: string; budget: Budget; onClose: () => void }) {
  const { title, budget, onClose } = props;
  const t = useT(spendingStrings);
  const ui = useT(uiStrings);
  const [text, setText] = useState(budget.limit === null ? "" : String(budget.limit));
  const [isBad, setIsBad] = useState(false);
  const save = useMutation(
    trpc.budget.set.mutationOptions({
      onSuccess: async ({ limit }) => {
        await queryClient.invalidateQueries(trpc.budget.pathFilter());
        toast.done(t(limit === null ? "budget.removed" : "budget.saved"));
        onClose();
      },
    }),
  );

  function submit() {
    const limit = text.trim() === "" ? null : parseAmount(text, 1_000_000, 2);
    const fault = limit === null && text.trim() !== "";
    setIsBad(fault);
    if (!fault) save.mutate({ ...(budget.botId === null ? {} : { botId: budget.botId }), limit });
  }

  return (
    <FormDialog
      onClose={onClose}
      title={title}
      submitLabel={t("save")}
      pending={save.isPending}
      failure={save.isError ? explainError(save.error, ui) : null}
      onSubmit={submit}
    >
      <TextField
        label={t("budget.limit")}
        hint={t("budget.limit.hint")}
        inputMode="decimal"
        dir="ltr"
        value={text}
        error={isBad ? t("budget.limit.bad") : null}
        onChange={({ target }) => setText(target.value)}
      />
      <p className="text-13 text-ink-2">{t("budget.end")}</p>
    </FormDialog>
  );
}
