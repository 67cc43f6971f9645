import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { trpc } from "../../../lib/trpc.ts";
import { explainError, FormDialog, TextArea, TextField, uiStrings } from "../../../ui/index.ts";
import { putDocument, refetchBot } from "./documents-cache.ts";
import { documentsTabStrings } from "./strings.ts";

/** A document written or pasted by hand. What was typed stays when saving fails. */
export function TextDialog({
  botId,
  initial,
  onClose,
}: {
  botId: string;
  initial: string;
  onClose: () => void;
}) {
  const t = useT(documentsTabStrings);
  const kit = useT(uiStrings);
  const [name, setName] = useState(initial === "" ? "" : titleIn(initial) || t("text.pasted"));
  const [content, setContent] = useState(initial);
  const [tried, setTried] = useState(false);
  const add = useMutation(
    trpc.botDocument.addManualText.mutationOptions({
      onSuccess: (document) => {
        putDocument(botId, document);
        refetchBot(botId);
        onClose();
      },
    }),
  );
  const nameError = tried && name.trim() === "" ? t("text.name.missing") : null;
  const contentError = tried && content.trim() === "" ? t("text.content.missing") : null;

  function submit() {
    setTried(true);
    if (name.trim() === "" || content.trim() === "") return;
    add.mutate({ botId, name: name.trim(), content });
  }

  return (
    <FormDialog
      wide
      onClose={onClose}
      title={t("text.title")}
      description={t("text.description")}
      submitLabel={t("text.save")}
      pending={add.isPending}
      failure={add.isError ? explainError(add.error, kit) : null}
      onSubmit={submit}
    >
      <TextField
        label={t("text.name")}
        hint={t("text.name.hint")}
        value={name}
        maxLength={255}
        error={nameError}
        onChange={({ target }) => setName(target.value)}
      />
      <TextArea
        label={t("text.content")}
        hint={t("text.count", { count: content.length })}
        rows={12}
        boxClassName="max-h-[40vh]"
        value={content}
        error={contentError}
        onChange={({ target }) => setContent(target.value)}
      />
    </FormDialog>
  );
}

/** A pasted text's first line as its name, without Markdown's marks, when it is short enough for one. */
function titleIn(text: string): string {
  const line =
    text
      .trim()
      .split("\n", 1)[0]
      ?.replace(/^#+\s*/, "")
      .trim() ?? "";
  return line.length <= 80 ? line : "";
}
