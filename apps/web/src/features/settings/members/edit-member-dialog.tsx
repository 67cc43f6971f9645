import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { Member } from "../../../lib/models.ts";
import { may, useSession } from "../../../lib/session.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import { Checkbox, explainError, FormDialog, TextField, toast, uiStrings } from "../../../ui/index.ts";
import { membersStrings } from "./strings.ts";

/** Teams to choose from. */
const mostTeams = 100;

/** A member's name, skills and teams. */
export function EditMemberDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const t = useT(membersStrings);
  const ui = useT(uiStrings);
  const mayTeams = may(useSession(), "manage teams");
  const teams = useQuery(trpc.teams.list.queryOptions({ pageSize: mostTeams }));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(member.teams.map(({ id }) => id)));
  const save = useMutation(
    trpc.users.update.mutationOptions({
      async onSuccess({ name }) {
        toast.done(t("edit.done", { name }));
        onClose();
        await queryClient.invalidateQueries(trpc.users.pathFilter());
        await queryClient.invalidateQueries(trpc.teams.pathFilter());
      },
    }),
  );

  function submit(values: FormData) {
    const name = String(values.get("name") ?? "").trim();
    const skills = String(values.get("skills") ?? "")
      .split(/[,،\n]/)
      .map((word) => word.trim())
      .filter((word) => word !== "");
    save.mutate({
      userId: member.id,
      skills,
      ...(member.can.rename && name !== "" && name !== member.name ? { name } : {}),
      ...(mayTeams ? { teamIds: [...chosen] } : {}),
    });
  }

  function toggle(id: string) {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  }

  const all = teams.data?.items ?? [];
  return (
    <FormDialog
      onClose={onClose}
      title={t("edit.title", { name: member.name })}
      submitLabel={t("edit.save")}
      pending={save.isPending}
      failure={save.isError ? t("edit.failed", { reason: explainError(save.error, ui) }) : null}
      onSubmit={submit}
    >
      {member.can.rename ? (
        <TextField label={t("edit.name")} name="name" maxLength={100} defaultValue={member.name} />
      ) : null}
      <TextField
        label={t("edit.skills")}
        name="skills"
        defaultValue={member.skills.join(", ")}
        hint={t("edit.skills.hint")}
      />
      {mayTeams ? (
        <fieldset className="flex flex-col gap-2">
          <legend className="pb-1 text-13 font-medium">{t("edit.teams")}</legend>
          {all.length === 0 && !teams.isPending ? (
            <p className="text-13 text-ink-3">{t("edit.teams.none")}</p>
          ) : null}
          {all.map(({ id, name }) => (
            <Checkbox
              key={id}
              label={<bdi>{name}</bdi>}
              checked={chosen.has(id)}
              onChange={() => toggle(id)}
            />
          ))}
        </fieldset>
      ) : null}
    </FormDialog>
  );
}
