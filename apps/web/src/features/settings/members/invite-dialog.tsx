import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { Role, SentInvitation } from "../../../lib/models.ts";
import { useRoleName } from "../../../lib/role-name.ts";
import { may, useSession } from "../../../lib/session.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import { explainError, FormDialog, Select, TextArea, toast, uiStrings } from "../../../ui/index.ts";
import { LinksDialog } from "./links-dialog.tsx";
import { isAddress, readAddresses } from "./read-addresses.ts";
import { membersStrings } from "./strings.ts";

const mostAddresses = 20;
/** Teams to choose from. */
const mostTeams = 100;

/** Invites several people at once, into one role. */
export function InviteDialog({ roles, onClose }: { roles: Role[]; onClose: () => void }) {
  const t = useT(membersStrings);
  const ui = useT(uiStrings);
  const nameOf = useRoleName();
  const mayTeams = may(useSession(), "manage teams");
  const teams = useQuery(trpc.teams.list.queryOptions({ pageSize: mostTeams }));
  const [role, setRole] = useState("agent");
  const [team, setTeam] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const [links, setLinks] = useState<SentInvitation[] | null>(null);
  const invite = useMutation(
    trpc.users.invite.mutationOptions({
      async onSuccess({ invitations, alreadyMembers }) {
        const toHandOver = invitations.filter(({ link }) => link !== null);
        const mailed = invitations.length - toHandOver.length;
        if (mailed > 0) toast.done(t("invite.mailed", { count: mailed }));
        if (alreadyMembers.length > 0)
          toast.failed(t("invite.known", { emails: alreadyMembers.join(", ") }), "");
        if (toHandOver.length > 0) setLinks(toHandOver);
        else onClose();
        await queryClient.invalidateQueries(trpc.users.listInvitations.queryFilter());
      },
    }),
  );

  function submit(values: FormData) {
    const emails = readAddresses(String(values.get("emails") ?? ""));
    const strange = emails.find((email) => !isAddress(email));
    const problem =
      emails.length === 0
        ? t("invite.emails.missing")
        : strange !== undefined
          ? t("invite.emails.wrong", { email: strange })
          : emails.length > mostAddresses
            ? t("invite.emails.many")
            : null;
    setWrong(problem);
    if (problem === null) invite.mutate({ emails, role, ...(team === "" ? {} : { teamId: team }) });
  }

  if (links) return <LinksDialog invitations={links} onClose={onClose} />;
  const all = teams.data?.items ?? [];
  return (
    <FormDialog
      onClose={onClose}
      title={t("invite.title")}
      submitLabel={t("invite.send")}
      pending={invite.isPending}
      failure={invite.isError ? t("invite.failed", { reason: explainError(invite.error, ui) }) : null}
      onSubmit={submit}
    >
      <TextArea
        label={t("invite.emails")}
        name="emails"
        rows={4}
        hint={t("invite.emails.hint")}
        error={wrong}
      />
      <Select
        label={t("role")}
        value={role}
        options={roles
          .filter(({ can }) => can.give)
          .map(({ id, name }) => ({ value: id, label: nameOf({ role: id, roleName: name }) }))}
        onChange={setRole}
      />
      {mayTeams && all.length > 0 ? (
        <Select
          label={t("invite.team")}
          value={team}
          options={[
            { value: "", label: t("invite.team.none") },
            ...all.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={setTeam}
        />
      ) : null}
    </FormDialog>
  );
}
