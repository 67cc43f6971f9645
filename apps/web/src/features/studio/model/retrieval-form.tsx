import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import type { Bot } from "../../../lib/models.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import { Button, explainError, TextField, uiStrings } from "../../../ui/index.ts";
import { studioStrings } from "../strings.ts";
import { useUnsavedGuard } from "../use-unsaved-guard.tsx";
import { problemsOf, ranges } from "./retrieval.ts";
import { modelStrings } from "./strings.ts";

const fields = ["chunkSize", "overlap", "topK"] as const;

/** How documents are cut into passages, and how many of those an answer sees. */
export function RetrievalForm({ bot }: { bot: Bot }) {
  const t = useT(modelStrings);
  const common = useT(studioStrings);
  const kit = useT(uiStrings);
  const format = useFormat();
  const [draft, setDraft] = useState({
    chunkSize: String(bot.ragConfig.chunkSize),
    overlap: String(bot.ragConfig.overlap),
    topK: String(bot.ragConfig.topK),
  });
  const update = useMutation(
    trpc.bot.update.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries({ queryKey: trpc.bot.byId.queryKey({ id: bot.id }) }),
    }),
  );
  const problems = problemsOf(draft);
  const dirty = fields.some((field) => draft[field] !== String(bot.ragConfig[field]));
  const { dialog } = useUnsavedGuard(dirty);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (Object.keys(problems).length > 0) return;
    const ragConfig = {
      chunkSize: Number(draft.chunkSize),
      overlap: Number(draft.overlap),
      topK: Number(draft.topK),
    };
    update.mutate({ id: bot.id, ragConfig });
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      {fields.map((field) => {
        const range = {
          min: format.number(ranges[field].min),
          max: format.number(ranges[field].max),
        };
        const problem = problems[field];
        return (
          <TextField
            key={field}
            type="number"
            inputMode="numeric"
            dir="ltr"
            className="[&_input]:max-w-32"
            {...ranges[field]}
            label={t(`rag.${field}`)}
            hint={t(`rag.${field}.hint`, range)}
            value={draft[field]}
            error={
              problem === undefined
                ? null
                : problem === "range"
                  ? t("rag.range", range)
                  : t("rag.overlap.size")
            }
            onChange={({ target }) => setDraft({ ...draft, [field]: target.value })}
          />
        );
      })}
      <p className="text-13 text-ink-2">{t("rag.note")}</p>
      {update.isError ? (
        <p role="alert" className="text-13 text-bad">
          {explainError(update.error, kit)}
        </p>
      ) : null}
      <div className="flex items-center gap-3">
        <Button type="submit" variant="primary" disabled={!dirty} pending={update.isPending}>
          {common("save")}
        </Button>
        <span aria-live="polite" className="text-13 text-ink-2">
          {update.isSuccess && !dirty ? common("saved") : null}
        </span>
      </div>
      {dialog}
    </form>
  );
}
