import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../lib/i18n.ts";
import type { ModelPrice } from "../../lib/models.ts";
import { queryClient, trpc } from "../../lib/trpc.ts";
import { explainError, FormDialog, TextField, toast, uiStrings } from "../../ui/index.ts";
import { parseAmount } from "./amount.ts";
import { spendingStrings } from "./strings.ts";

const modelName = /^(?:openai|anthropic|grok|ollama):\S.*$/;

/** Sets what a model costs the workspace; without a row, of a model that is named here. */
export default function PriceDialog({ row, onClose }: { row: ModelPrice | null; onClose: () => void }) {
  const t = useT(spendingStrings);
  const ui = useT(uiStrings);
  const [model, setModel] = useState(row?.model ?? "");
  const [amounts, setAmounts] = useState({
    input: row?.price ? String(row.price.input) : "",
    output: row?.price ? String(row.price.output) : row?.purpose === "embedding" ? "0" : "",
  });
  const [wasTried, setWasTried] = useState(false);
  const save = useMutation(
    trpc.prices.set.mutationOptions({
      onSuccess: async (_, saved) => {
        await queryClient.invalidateQueries(trpc.prices.pathFilter());
        await queryClient.invalidateQueries(trpc.budget.usage.pathFilter());
        toast.done(t("prices.saved", { model: saved.model }));
        onClose();
      },
    }),
  );
  const input = parseAmount(amounts.input, 100_000, 6);
  const output = parseAmount(amounts.output, 100_000, 6);
  const isNamed = modelName.test(model.trim());

  function submit() {
    setWasTried(true);
    if (!isNamed || input === null || output === null) return;
    save.mutate({ model: model.trim(), input, output });
  }
  const fault = (isRight: boolean, text: string) => (wasTried && !isRight ? text : null);

  return (
    <FormDialog
      onClose={onClose}
      title={row ? t("prices.change", { model: row.model }) : t("prices.add")}
      submitLabel={t("save")}
      pending={save.isPending}
      failure={save.isError ? explainError(save.error, ui) : null}
      onSubmit={submit}
    >
      {row ? null : (
        <TextField
          label={t("prices.name")}
          hint={t("prices.name.hint")}
          dir="ltr"
          value={model}
          error={fault(isNamed, t("prices.name.bad"))}
          onChange={({ target }) => setModel(target.value)}
        />
      )}
      <div className="grid grid-cols-2 gap-4">
        <TextField
          label={t("prices.input")}
          inputMode="decimal"
          dir="ltr"
          value={amounts.input}
          error={fault(input !== null, t("prices.amount.bad"))}
          onChange={({ target }) => setAmounts({ ...amounts, input: target.value })}
        />
        <TextField
          label={t("prices.output")}
          inputMode="decimal"
          dir="ltr"
          value={amounts.output}
          error={fault(output !== null, t("prices.amount.bad"))}
          onChange={({ target }) => setAmounts({ ...amounts, output: target.value })}
        />
      </div>
    </FormDialog>
  );
}
