import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useLanguage, useT } from "../../lib/i18n.ts";
import { queryClient, trpc } from "../../lib/trpc.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { explainError } from "../../ui/explain-error.ts";
import { uiStrings } from "../../ui/strings.ts";
import { TextArea } from "../../ui/text-area.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { StartingPoint } from "../templates/starting-point.tsx";
import { TemplatePreview } from "../templates/template-preview.tsx";
import { useTemplate } from "../templates/use-templates.ts";
import { botDialogStrings } from "./dialog-strings.ts";

const formId = "create-bot";

/** Blank or from a template, a name, a description: the studio opens next. */
export default function CreateBotDialog({
  templateId,
  onTemplate,
  onClose,
}: {
  /** What is chosen; it stays in the URL, so that the gallery can lead here. */
  templateId: string | null;
  onTemplate: (id: string | null) => void;
  onClose: () => void;
}) {
  const t = useT(botDialogStrings);
  const ui = useT(uiStrings);
  const language = useLanguage();
  const navigate = useNavigate();
  const template = useTemplate(templateId).data ?? null;
  /** Null until something was typed: then the template's name stands there. */
  const [typed, setTyped] = useState<string | null>(null);
  const [description, setDescription] = useState("");
  const [missing, setMissing] = useState(false);
  const create = useMutation(
    trpc.bot.create.mutationOptions({
      onSuccess: async (bot) => {
        await queryClient.invalidateQueries(trpc.bot.pathFilter());
        await navigate({ to: "/bots/$botId", params: { botId: bot.id } });
      },
    }),
  );
  const name = typed ?? template?.name ?? "";

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (create.isPending) return;
    setMissing(name.trim() === "");
    if (name.trim() === "") return;
    create.mutate({
      name: name.trim(),
      ...(description.trim() === "" ? {} : { description: description.trim() }),
      ...(template === null ? {} : { templateId: template.id, templateLocale: language }),
    });
  }

  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={t("create.title")}
      description={t("create.text")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" pending={create.isPending}>
            {t("create.action")}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        onSubmit={submit}
        className="grid gap-5 md:grid-cols-[14rem_minmax(0,1fr)] md:gap-6"
      >
        <StartingPoint value={templateId} onChange={onTemplate} />
        <div className="flex min-w-0 flex-col gap-4">
          <TextField
            label={t("create.name")}
            name="name"
            value={name}
            onChange={({ target }) => setTyped(target.value)}
            maxLength={100}
            autoComplete="off"
            placeholder={t("create.namePlaceholder")}
            error={missing ? t("create.nameMissing") : create.isError ? explainError(create.error, ui) : null}
          />
          <TextArea
            label={t("create.description")}
            name="description"
            value={description}
            onChange={({ target }) => setDescription(target.value)}
            maxLength={500}
            rows={2}
            placeholder={t("create.descriptionPlaceholder")}
          />
          {template === null ? (
            <p className="text-13 text-ink-2">{t("create.blank")}</p>
          ) : (
            <div className="border-t border-line pt-4">
              <p className="mb-4 text-14">{template.description}</p>
              <TemplatePreview template={template} />
            </div>
          )}
        </div>
      </form>
    </Dialog>
  );
}
