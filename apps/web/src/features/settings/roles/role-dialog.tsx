import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { Role, RoleList, Session } from "../../../lib/models.ts";
import { useRoleName } from "../../../lib/role-name.ts";
import { may, renewSession, useSession } from "../../../lib/session.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import { Dialog, explainError, FormDialog, TextField, toast, uiStrings } from "../../../ui/index.ts";
import { RightsList } from "./rights-list.tsx";
import { rolesStrings } from "./strings.ts";

type Right = Session["rights"][number];

/** A role with its rights by capability: to read for what comes with the product, to change for one's own. */
export function RoleDialog({
  role,
  capabilities,
  onClose,
}: {
  role: Role | null;
  capabilities: RoleList["capabilities"];
  onClose: () => void;
}) {
  const t = useT(rolesStrings);
  const ui = useT(uiStrings);
  const nameOf = useRoleName();
  const session = useSession();
  const [rights, setRights] = useState<ReadonlySet<Right>>(new Set(role?.rights));
  const [nameMissing, setNameMissing] = useState(false);
  const mayEdit = role === null || role.can.update;

  const saved = {
    async onSuccess({ id, name }: Role) {
      toast.done(t("form.done", { name }));
      onClose();
      // one's own role may be the one that was changed
      if (id === session.role) await renewSession();
      else await queryClient.invalidateQueries(trpc.enterpriseSecurity.listRoles.queryFilter());
    },
  };
  const create = useMutation(trpc.enterpriseSecurity.createRole.mutationOptions(saved));
  const update = useMutation(trpc.enterpriseSecurity.updateRole.mutationOptions(saved));
  const save = role ? update : create;

  function submit(values: FormData) {
    const name = String(values.get("name") ?? "").trim();
    const description = String(values.get("description") ?? "").trim();
    setNameMissing(name === "");
    if (name === "") return;
    if (role) update.mutate({ roleId: role.id, name, description, rights: [...rights] });
    else create.mutate({ name, description, rights: [...rights] });
  }

  const list = (
    <RightsList
      capabilities={capabilities}
      chosen={rights}
      mayGive={(right) => mayEdit && may(session, right)}
      onChange={setRights}
      note={mayEdit ? t("form.beyond") : null}
    />
  );
  if (!mayEdit) {
    const title = t("form.view", { name: nameOf({ role: role.id, roleName: role.name }) });
    return (
      <Dialog open wide onClose={onClose} title={title}>
        {list}
      </Dialog>
    );
  }
  return (
    <FormDialog
      wide
      onClose={onClose}
      title={t(role ? "form.edit" : "form.new")}
      submitLabel={t("form.save")}
      pending={save.isPending}
      failure={save.isError ? t("form.failed", { reason: explainError(save.error, ui) }) : null}
      onSubmit={submit}
    >
      <TextField
        label={t("form.name")}
        name="name"
        maxLength={60}
        defaultValue={role?.name}
        error={nameMissing ? t("form.name.missing") : null}
      />
      <TextField
        label={t("form.description")}
        name="description"
        maxLength={300}
        defaultValue={role?.description}
      />
      {list}
    </FormDialog>
  );
}
