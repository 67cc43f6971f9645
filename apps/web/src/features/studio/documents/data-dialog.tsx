import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { trpc } from "../../../lib/trpc.ts";
import { explainError, FormDialog, Select, TextArea, TextField, uiStrings } from "../../../ui/index.ts";
import { putDocument, refetchBot } from "./documents-cache.ts";
import { documentsTabStrings } from "./strings.ts";

const formats = ["csv", "json"] as const;
type Format = (typeof formats)[number];

/** A table or JSON, pasted. A mistake in it is shown with its place, and nothing is kept until it is right. */
export default function DataDialog({ botId, onClose }: { botId: string; onClose: () => void }) {
  const t = useT(documentsTabStrings);
  const kit = useT(uiStrings);
  const [name, setName] = useState("");
  /** Null: what the data looks like. */
  const [chosen, setChosen] = useState<Format | null>(null);
  const [content, setContent] = useState("");
  const [tried, setTried] = useState(false);
  const format = chosen ?? looksLike(content);
  const add = useMutation(
    trpc.botDocument.addStructuredData.mutationOptions({
      onSuccess: (document) => {
        putDocument(botId, document);
        refetchBot(botId);
        onClose();
      },
    }),
  );
  const isEmpty = content.trim() === "";

  function submit() {
    setTried(true);
    if (name.trim() === "" || isEmpty) return;
    add.mutate({ botId, name: name.trim(), format, content });
  }

  return (
    <FormDialog
      wide
      onClose={onClose}
      title={t("data.title")}
      description={t("data.description")}
      submitLabel={t("data.save")}
      pending={add.isPending}
      onSubmit={submit}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={t("text.name")}
          value={name}
          maxLength={255}
          error={tried && name.trim() === "" ? t("text.name.missing") : null}
          onChange={({ target }) => setName(target.value)}
        />
        <Select
          label={t("data.format")}
          value={format}
          options={formats.map((value) => ({ value, label: t(`data.${value}`) }))}
          onChange={setChosen}
        />
      </div>
      <TextArea
        label={t("data.content")}
        hint={t(`data.content.hint.${format}`)}
        rows={12}
        boxClassName="max-h-[40vh] font-mono"
        spellCheck={false}
        value={content}
        error={
          add.isError ? explainError(add.error, kit) : tried && isEmpty ? t("data.content.missing") : null
        }
        onChange={({ target }) => {
          setContent(target.value);
          add.reset();
        }}
      />
    </FormDialog>
  );
}

/** JSON begins with a bracket; every other paste is a table. */
function looksLike(content: string): Format {
  return /^\s*[[{]/.test(content) ? "json" : "csv";
}
