import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { Personality } from "../../../lib/models.ts";
import { errorCodeOf, trpc } from "../../../lib/trpc.ts";
import {
  Checkbox,
  explainError,
  FormDialog,
  Select,
  TextArea,
  TextField,
  toast,
  uiStrings,
} from "../../../ui/index.ts";
import { settingsStrings } from "../strings.ts";
import { type Draft, draftOf, errorsOf, fieldsOf } from "./personality-form.ts";
import { personalityStrings } from "./strings.ts";

/** Writes a new personality, or another version of one. */
export function PersonalityDialog({
  personality,
  sample,
  isFirst,
  onClose,
  onSaved,
}: {
  /** Null: a new one. */
  personality: Personality | null;
  sample?: Partial<Draft>;
  /** Of all: it becomes the default whatever is said. */
  isFirst: boolean;
  onClose: () => void;
  onSaved: () => void;
}) {
  const t = useT(personalityStrings);
  const settings = useT(settingsStrings);
  const ui = useT(uiStrings);
  const connections = useQuery(trpc.user.listLlmApiKeys.queryOptions());
  const [draft, setDraft] = useState(() => draftOf(personality, sample));
  const [checked, setChecked] = useState(false);
  const done = ({ name }: Personality) => {
    toast.done(t("form.saved", { name }));
    onSaved();
    onClose();
  };
  const create = useMutation(trpc.aiPersonalities.create.mutationOptions({ onSuccess: done }));
  const update = useMutation(trpc.aiPersonalities.update.mutationOptions({ onSuccess: done }));
  const failure = create.error ?? update.error;
  const nameTaken = errorCodeOf(failure) === "PROMPT_NAME_TAKEN";
  const errors = checked ? errorsOf(draft) : [];
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const offered = (connections.data ?? []).filter(({ purpose }) => purpose === "answering");

  function submit() {
    setChecked(true);
    if (errorsOf(draft).length > 0) return;
    const fields = fieldsOf(draft);
    if (personality) update.mutate({ id: personality.id, baseVersion: personality.version, ...fields });
    else create.mutate({ ...fields, isDefault: draft.isDefault });
  }

  return (
    <FormDialog
      wide
      onClose={onClose}
      title={t(personality ? "form.edit" : "form.new")}
      submitLabel={t(personality ? "form.save" : "form.create")}
      pending={create.isPending || update.isPending}
      failure={failure && !nameTaken ? explainError(failure, ui) : null}
      onSubmit={submit}
    >
      <TextField
        label={t("form.name")}
        hint={t("form.name.hint")}
        maxLength={100}
        value={draft.name}
        onChange={(event) => set({ name: event.target.value })}
        error={errors.includes("name") ? t("form.name.missing") : nameTaken ? t("form.name.taken") : null}
      />
      <TextArea
        label={t("form.prompt")}
        rows={7}
        maxLength={20_000}
        placeholder={t("form.prompt.placeholder")}
        value={draft.systemPrompt}
        onChange={(event) => set({ systemPrompt: event.target.value })}
        error={errors.includes("prompt") ? t("form.prompt.missing") : null}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={t("form.temperature")}
          hint={t("form.temperature.hint")}
          inputMode="decimal"
          value={draft.temperature}
          onChange={(event) => set({ temperature: event.target.value })}
          error={errors.includes("temperature") ? t("form.temperature.bad") : null}
        />
        <TextField
          label={t("form.maxTokens")}
          hint={t("form.maxTokens.hint")}
          inputMode="numeric"
          value={draft.maxTokens}
          onChange={(event) => set({ maxTokens: event.target.value })}
          error={errors.includes("maxTokens") ? t("form.maxTokens.bad") : null}
        />
        <Select
          label={t("form.provider")}
          hint={t("form.provider.hint")}
          value={draft.provider}
          options={[
            { value: "" as const, label: t("form.provider.any") },
            ...offered.map(({ provider: value, isConfigured }) => {
              const name = settings(`provider.${value}`);
              return { value, label: isConfigured ? name : t("form.provider.absent", { name }) };
            }),
          ]}
          onChange={(provider) => set({ provider })}
        />
        <TextField
          label={t("form.model")}
          hint={t("form.model.hint")}
          maxLength={200}
          disabled={draft.provider === ""}
          value={draft.model}
          onChange={(event) => set({ model: event.target.value })}
        />
      </div>
      {personality ? (
        <p className="text-13 text-ink-2">
          {personality.botCount === 0
            ? t("form.effect.none")
            : t("form.effect", { count: personality.botCount })}{" "}
          {personality.isDefault ? t("form.effect.default") : null}
        </p>
      ) : isFirst ? (
        <p className="text-13 text-ink-2">{t("form.first")}</p>
      ) : (
        <Checkbox
          label={t("form.default")}
          checked={draft.isDefault}
          onChange={(event) => set({ isDefault: event.target.checked })}
        />
      )}
    </FormDialog>
  );
}
