import { type FormEvent, lazy, Suspense, useEffect, useState } from "react";
import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import type { Bot, Prompt } from "../../../lib/models.ts";
import { Button, ConfirmDialog, TextArea, TextField, toast } from "../../../ui/index.ts";
import { studioStrings } from "../strings.ts";
import { PromptHistory } from "./history/prompt-history.tsx";
import { NewerVersion } from "./newer-version.tsx";
import { PromptChanges } from "./prompt-changes.tsx";
import { PromptEffect } from "./prompt-effect.tsx";
import { promptStrings } from "./strings.ts";
import { usePromptActions } from "./use-prompt-actions.ts";
import { usePromptDraft } from "./use-prompt-draft.ts";

// What has to do with evaluations comes when it is needed.
const PublishingGate = lazy(() => import("./publishing-gate.tsx"));
const GateRefusal = lazy(() => import("./gate-refusal.tsx"));

const contentLimit = 20_000;

/** One prompt: rename, rewrite, save, use, delete. `prompt` null writes a new one. */
export function PromptEditor({
  bot,
  prompt,
  onDirty,
  onChosen,
}: {
  bot: Bot;
  prompt: Prompt | null;
  onDirty: (dirty: boolean) => void;
  /** Another prompt is to be shown: the new one, or after deletion (null) whichever is in use. */
  onChosen: (id: string | null) => void;
}) {
  const t = useT(promptStrings);
  const common = useT(studioStrings);
  const format = useFormat();
  const draft = usePromptDraft(prompt);
  const { name, content, dirty } = draft;
  const [tried, setTried] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const actions = usePromptActions(bot.id);

  useEffect(() => onDirty(dirty), [dirty, onDirty]);

  const over = content.length - contentLimit;
  const limit = format.number(contentLimit);
  const nameMissing = name.trim() === "";
  const nameError = actions.nameError ?? (tried && nameMissing ? t("name.missing") : null);
  const contentError =
    over > 0
      ? t("content.long", { over: format.number(over), limit })
      : tried && content.trim() === ""
        ? t("content.missing")
        : null;

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (nameMissing || content.trim() === "" || over > 0) return;
    if (prompt !== null) {
      actions.update.mutate(
        { id: prompt.id, name: name.trim(), content, baseVersion: draft.baseVersion },
        { onSuccess: (saved) => draft.begin(saved) },
      );
      return;
    }
    actions.create.mutate(
      { botId: bot.id, name: name.trim(), content, setActive: bot.activePromptId === null },
      { onSuccess: ({ id }) => onChosen(id) },
    );
  }

  return (
    <form onSubmit={submit} noValidate className="flex min-w-0 grow flex-col gap-4">
      <TextField
        label={t("name")}
        hint={t("name.hint")}
        value={name}
        maxLength={100}
        error={nameError}
        onChange={({ target }) => {
          draft.setName(target.value);
          actions.forgetErrors();
        }}
      />
      <TextArea
        label={t("content")}
        hint={t("content.count", { used: format.number(content.length), limit })}
        placeholder={t("content.placeholder")}
        error={contentError}
        rows={14}
        value={content}
        onChange={({ target }) => draft.setContent(target.value)}
      />
      {prompt === null ? null : draft.isOutdated ? (
        <NewerVersion
          prompt={prompt}
          draft={{ name: name.trim(), content }}
          onTake={() => {
            draft.begin(prompt);
            actions.forgetErrors();
          }}
          onKeep={() => {
            draft.keep();
            actions.forgetErrors();
          }}
        />
      ) : dirty ? (
        <PromptChanges saved={prompt} draft={{ name: name.trim(), content }} />
      ) : null}
      {actions.saveError ? (
        <p role="alert" className="text-13 text-bad">
          {actions.saveError}
        </p>
      ) : null}
      {actions.gateRefusal ? (
        <Suspense>
          <GateRefusal
            botId={bot.id}
            content={content}
            message={actions.gateRefusal.message}
            pending={actions.gateRefusal.isPending}
            onPublish={actions.gateRefusal.publish}
          />
        </Suspense>
      ) : null}
      <div className="flex flex-wrap items-center gap-2">
        <Button
          type="submit"
          variant="primary"
          disabled={!dirty || draft.isOutdated}
          pending={actions.create.isPending || actions.update.isPending}
        >
          {prompt === null ? t("create") : common("save")}
        </Button>
        {prompt !== null && dirty && !draft.isOutdated ? (
          <Button
            variant="ghost"
            onClick={() => {
              draft.begin(prompt);
              actions.forgetErrors();
            }}
          >
            {t("discard")}
          </Button>
        ) : null}
        {prompt !== null && !prompt.isActive ? (
          <Button
            pending={actions.use.isPending}
            disabled={dirty}
            onClick={() =>
              actions.use.mutate(
                { botId: bot.id, promptId: prompt.id },
                { onSuccess: () => toast.done(t("use.done", { name: prompt.name })) },
              )
            }
          >
            {t("use")}
          </Button>
        ) : null}
        <span aria-live="polite" className="text-13 text-ink-2">
          {actions.update.isSuccess && !dirty ? common("saved") : null}
        </span>
        {prompt === null ? null : prompt.isActive ? (
          <span className="ms-auto text-13 text-ink-3">{t("delete.active")}</span>
        ) : (
          <Button variant="danger" className="ms-auto" onClick={() => setDeleting(true)}>
            {t("delete")}
          </Button>
        )}
      </div>
      <PromptEffect bot={bot} state={prompt === null ? "new" : prompt.isActive ? "active" : "inactive"} />
      <Suspense>
        <PublishingGate bot={bot} content={prompt?.isActive === false || dirty ? content : ""} />
      </Suspense>
      {prompt !== null ? <PromptHistory prompt={prompt} dirty={dirty} /> : null}
      {prompt !== null ? (
        <ConfirmDialog
          open={deleting}
          onClose={() => setDeleting(false)}
          title={t("delete.title", { name: prompt.name })}
          description={t("delete.text")}
          confirmLabel={t("delete.confirm")}
          onConfirm={async () => {
            await actions.remove.mutateAsync({ id: prompt.id });
            onChosen(null);
          }}
        />
      ) : null}
    </form>
  );
}
