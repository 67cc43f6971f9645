import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { trpc } from "../../../lib/trpc.ts";
import { Button, Dialog, explainError, TextField, uiStrings } from "../../../ui/index.ts";
import { DraftFields, useDraft } from "./draft-fields.tsx";
import { startStrings } from "./start.strings.ts";

/** Asks what to try, and starts a run over all cases. */
export function StartRunDialog({
  bot,
  cases,
  initial,
  onClose,
  onStarted,
}: {
  bot: { id: string };
  cases: number;
  initial?: { promptId?: string; prompt?: string };
  onClose: () => void;
  onStarted: (runId: string) => void;
}) {
  const t = useT(startStrings);
  const ui = useT(uiStrings);
  const queryClient = useQueryClient();
  const [name, setName] = useState("");
  const { draft, isReady, fields } = useDraft(initial);
  const start = useMutation(
    trpc.evaluations.runs.start.mutationOptions({
      onSuccess: async ({ id }) => {
        await queryClient.invalidateQueries(trpc.evaluations.runs.list.pathFilter());
        onStarted(id);
      },
    }),
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("start.title")}
      description={t("start.text", { count: cases })}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button
            variant="primary"
            disabled={!isReady}
            pending={start.isPending}
            onClick={() =>
              start.mutate({ botId: bot.id, ...draft, ...(name.trim() === "" ? {} : { name: name.trim() }) })
            }
          >
            {t("start.action")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {start.isError ? (
          <p role="alert" className="rounded-control bg-bad-soft px-3 py-2 text-13 text-bad">
            {explainError(start.error, ui)}
          </p>
        ) : null}
        <TextField
          label={t("start.name")}
          hint={t("start.name.hint")}
          value={name}
          maxLength={100}
          onChange={({ target }) => setName(target.value)}
        />
        <DraftFields botId={bot.id} fields={fields} />
      </div>
    </Dialog>
  );
}
