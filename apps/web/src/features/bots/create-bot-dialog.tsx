import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { queryClient, trpc } from "../../lib/trpc.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { explainError } from "../../ui/explain-error.ts";
import { uiStrings } from "../../ui/strings.ts";
import { TextArea } from "../../ui/text-area.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { botsStrings } from "./strings.ts";

const formId = "create-bot";

/** Name and description, nothing else: the studio opens next. */
export default function CreateBotDialog({ onClose }: { onClose: () => void }) {
  const t = useT(botsStrings);
  const ui = useT(uiStrings);
  const navigate = useNavigate();
  const [missing, setMissing] = useState(false);
  const create = useMutation(
    trpc.bot.create.mutationOptions({
      onSuccess: async (bot) => {
        await queryClient.invalidateQueries(trpc.bot.pathFilter());
        await navigate({ to: "/bots/$botId", params: { botId: bot.id } });
      },
    }),
  );

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (create.isPending) return;
    const values = new FormData(event.currentTarget);
    const name = String(values.get("name")).trim();
    const description = String(values.get("description")).trim();
    setMissing(name === "");
    if (name === "") return;
    create.mutate({ name, ...(description === "" ? {} : { description }) });
  }

  return (
    <Dialog
      open
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
      <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label={t("create.name")}
          name="name"
          maxLength={120}
          autoComplete="off"
          placeholder={t("create.namePlaceholder")}
          error={missing ? t("create.nameMissing") : create.isError ? explainError(create.error, ui) : null}
        />
        <TextArea
          label={t("create.description")}
          name="description"
          maxLength={500}
          placeholder={t("create.descriptionPlaceholder")}
        />
      </form>
    </Dialog>
  );
}
