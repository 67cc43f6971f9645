import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useLanguage, useT } from "../../../lib/i18n.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import {
  explainError,
  FormDialog,
  Select,
  TextArea,
  TextField,
  toast,
  uiStrings,
} from "../../../ui/index.ts";
import { variables } from "../../inbox/canned.ts";
import type { CannedReply } from "./canned-tab.tsx";
import { cannedStrings } from "./strings.ts";

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
  const [wasTried, setWasTried] = useState(false);
  const isMissing = (text: string) => text.trim() === "";

  function submit() {
    setWasTried(true);
    if (isMissing(form.shortcut) || isMissing(form.text)) return;
    if (reply) update.mutate({ id: reply.id, ...form });
    else create.mutate(form);
  }

  return (
    <FormDialog
      onClose={onClose}
      title={t(reply ? "form.edit" : "form.new")}
      submitLabel={t("save")}
      pending={save.isPending}
      failure={save.isError ? t("save.failed", { reason: explainError(save.error, ui) }) : null}
      onSubmit={submit}
    >
      <TextField
        label={t("shortcut")}
        hint={t("shortcut.hint")}
        maxLength={40}
        value={form.shortcut}
        error={wasTried && isMissing(form.shortcut) ? t("shortcut.missing") : null}
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
        rows={5}
        maxLength={8000}
        value={form.text}
        error={wasTried && isMissing(form.text) ? t("reply.missing") : null}
        onChange={(event) => setForm({ ...form, text: event.target.value })}
      />
    </FormDialog>
  );
}
