import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import { trpc } from "../../../lib/trpc.ts";
import { Button, explainError, Panel, TextField, toast, uiStrings } from "../../../ui/index.ts";
import { labelStrings } from "./strings.ts";

/** What a sentence would be told to be now. */
export function TrySentence() {
  const t = useT(labelStrings);
  const kit = useT(uiStrings);
  const format = useFormat();
  const [text, setText] = useState("");
  const trial = useMutation(
    trpc.assist.classify.mutationOptions({
      onError: (error) => toast.failed(t("try.failed"), explainError(error, kit)),
    }),
  );
  const told = trial.data;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (text.trim() !== "" && !trial.isPending) trial.mutate({ text });
  }

  return (
    <Panel title={t("try.title")} description={t("try.text")}>
      <form onSubmit={submit} noValidate className="flex flex-wrap items-end gap-3">
        <TextField
          label={t("try.label")}
          value={text}
          maxLength={8_000}
          onChange={({ target }) => setText(target.value)}
          className="min-w-0 grow basis-64"
        />
        <Button type="submit" pending={trial.isPending}>
          {t("try.action")}
        </Button>
      </form>
      {told ? (
        <div role="status" className="mt-4">
          <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-13">
            <dt className="text-ink-3">{t("kind.intent")}</dt>
            <dd>
              <bdi>{told.intent}</bdi> · {t("try.sure", { share: format.percent(told.intentConfidence) })}
            </dd>
            <dt className="text-ink-3">{t("kind.severity")}</dt>
            <dd>
              <bdi>{told.severity}</bdi> · {t("try.sure", { share: format.percent(told.severityConfidence) })}
            </dd>
            <dt className="text-ink-3">{t("kind.sentiment")}</dt>
            <dd>{t(told.sentiment)}</dd>
          </dl>
          <p className="mt-2 text-12 text-ink-3">
            {told.method === "model" ? t("try.model", { model: told.modelVersion }) : t("try.builtin")}
          </p>
        </div>
      ) : null}
    </Panel>
  );
}
