import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { Team } from "../../../lib/models.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import { explainError, FormDialog, TextField, toast, uiStrings } from "../../../ui/index.ts";
import { teamsStrings } from "./strings.ts";

/** A new team, or another name for one. */
export function TeamDialog({ team, onClose }: { team: Team | null; onClose: () => void }) {
  const t = useT(teamsStrings);
  const ui = useT(uiStrings);
  const [nameMissing, setNameMissing] = useState(false);
  const saved = {
    async onSuccess({ name }: Team) {
      toast.done(t("form.done", { name }));
      onClose();
      await queryClient.invalidateQueries(trpc.teams.pathFilter());
      await queryClient.invalidateQueries(trpc.users.pathFilter());
    },
  };
  const create = useMutation(trpc.teams.create.mutationOptions(saved));
  const update = useMutation(trpc.teams.update.mutationOptions(saved));
  const save = team ? update : create;

  function submit(values: FormData) {
    const name = String(values.get("name") ?? "").trim();
    const description = String(values.get("description") ?? "").trim();
    setNameMissing(name === "");
    if (name === "") return;
    if (team) update.mutate({ teamId: team.id, name, description });
    else create.mutate({ name, description });
  }

  return (
    <FormDialog
      onClose={onClose}
      title={t(team ? "form.edit" : "form.new")}
      submitLabel={t("form.save")}
      pending={save.isPending}
      failure={save.isError ? t("form.failed", { reason: explainError(save.error, ui) }) : null}
      onSubmit={submit}
    >
      <TextField
        label={t("form.name")}
        name="name"
        maxLength={60}
        defaultValue={team?.name}
        error={nameMissing ? t("form.name.missing") : null}
      />
      <TextField
        label={t("form.description")}
        name="description"
        maxLength={300}
        defaultValue={team?.description}
      />
    </FormDialog>
  );
}
