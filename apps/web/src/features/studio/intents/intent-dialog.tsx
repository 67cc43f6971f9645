import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { Intent } from "../../../lib/models.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import { explainError, FormDialog, TextArea, TextField, uiStrings } from "../../../ui/index.ts";
import { intentStrings } from "./strings.ts";

/** An intent's name and examples. What was typed stays when saving fails. */
export function IntentDialog({
  botId,
  intent,
  onClose,
}: {
  botId: string;
  /** Null: a new one. */
  intent: Intent | null;
  onClose: () => void;
}) {
  const t = useT(intentStrings);
  const kit = useT(uiStrings);
  const [name, setName] = useState(intent?.name ?? "");
  const [text, setText] = useState(intent?.examples.join("\n") ?? "");
  const [tried, setTried] = useState(false);
  const onSuccess = () => {
    void queryClient.invalidateQueries(trpc.intents.pathFilter());
    onClose();
  };
  const create = useMutation(trpc.intents.create.mutationOptions({ onSuccess }));
  const update = useMutation(trpc.intents.update.mutationOptions({ onSuccess }));
  const saving = intent ? update : create;
  const examples = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

  function submit() {
    setTried(true);
    if (name.trim() === "") return;
    if (intent) update.mutate({ id: intent.id, name: name.trim(), examples });
    else create.mutate({ botId, name: name.trim(), examples });
  }

  return (
    <FormDialog
      wide
      onClose={onClose}
      title={t(intent ? "dialog.edit" : "dialog.new")}
      submitLabel={t("save")}
      pending={saving.isPending}
      failure={saving.isError ? explainError(saving.error, kit) : null}
      onSubmit={submit}
    >
      <TextField
        label={t("name")}
        hint={t("name.hint")}
        value={name}
        maxLength={100}
        error={tried && name.trim() === "" ? t("name.missing") : null}
        onChange={({ target }) => setName(target.value)}
      />
      <TextArea
        label={t("examples.label")}
        hint={
          <>
            {t("examples.hint")} {t("examples", { count: examples.length })}
          </>
        }
        rows={10}
        boxClassName="max-h-[40vh]"
        value={text}
        onChange={({ target }) => setText(target.value)}
      />
    </FormDialog>
  );
}
