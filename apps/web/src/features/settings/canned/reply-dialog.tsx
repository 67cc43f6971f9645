import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useLanguage, useT } from "../../../lib/i18n.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import {
  Button,
  Dialog,
  explainError,
  Select,
  TextArea,
  TextField,
  toast,
  uiStrings,
} from "../../../ui/index.ts";
import { variables } from "../../inbox/canned.ts";
import type { CannedReply } from "./canned-tab.tsx";
import { cannedStrings } from "./strings.ts";

const formId = "canned-reply";
const languages = ["en", "fr", "ar"] as const;

/** A new canned reply, or another text of one. */
export function ReplyDialog({ reply, onClose }: { reply: CannedReply | null; onClose: () => void }) {
  const t = useT(cannedStrings);
  const ui = useT(uiStrings);
  const own = useLanguage();
  const [form, setForm] = useState({
    shortcut: reply?.shortcut ?? "",
    language: reply?.language ?? own,
    text: reply?.text ?? "",
  });
  const options = {
    async onSuccess({ shortcut }: CannedReply) {
      toast.done(t("save.done", { shortcut }));
      onClose();
      await queryClient.invalidateQueries(trpc.cannedReplies.pathFilter());
    },
  };
  const create = useMutation(trpc.cannedReplies.create.mutationOptions(options));
  const update = useMutation(trpc.cannedReplies.update.mutationOptions(options));
  const save = reply ? update : create;

  function submit(event: FormEvent) {
    event.preventDefault();
    if (save.isPending) return;
    if (reply) update.mutate({ id: reply.id, ...form });
    else create.mutate(form);
  }

  return (
    <Dialog
      open
      onClose={onClose}
      title={t(reply ? "form.edit" : "form.new")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" pending={save.isPending}>
            {t("save")}
          </Button>
        </>
      }
    >
      <form id={formId} autoComplete="off" onSubmit={submit} className="flex flex-col gap-4">
        {save.isError ? (
          <p role="alert" className="rounded-control bg-bad-soft px-3 py-2 text-13 text-bad">
            {t("save.failed", { reason: explainError(save.error, ui) })}
          </p>
        ) : null}
        <TextField
          label={t("shortcut")}
          hint={t("shortcut.hint")}
          required
          maxLength={40}
          value={form.shortcut}
          onChange={(event) => setForm({ ...form, shortcut: event.target.value })}
        />
        <Select
          label={t("language")}
          value={form.language}
          options={languages.map((value) => ({ value, label: t(`language.${value}`) }))}
          onChange={(language) => setForm({ ...form, language })}
        />
        <TextArea
          label={t("reply")}
          hint={t("reply.hint", { names: variables.map((name) => `{{${name}}}`).join(", ") })}
          dir="auto"
          required
          rows={5}
          maxLength={8000}
          value={form.text}
          onChange={(event) => setForm({ ...form, text: event.target.value })}
        />
      </form>
    </Dialog>
  );
}
