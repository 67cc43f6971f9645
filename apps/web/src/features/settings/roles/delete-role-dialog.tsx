import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { Role } from "../../../lib/models.ts";
import { useRoleName } from "../../../lib/role-name.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import { Button, Dialog, explainError, Select, toast, uiStrings } from "../../../ui/index.ts";
import { rolesStrings } from "./strings.ts";

/** Deletes a role; whoever has it gets another, which is chosen here. */
export function DeleteRoleDialog({
  role,
  roles,
  onClose,
}: {
  role: Role;
  roles: Role[];
  onClose: () => void;
}) {
  const t = useT(rolesStrings);
  const ui = useT(uiStrings);
  const nameOf = useRoleName();
  const choices = roles.filter(({ id, can }) => can.give && id !== role.id);
  const [moveTo, setMoveTo] = useState("member");
  const remove = useMutation(
    trpc.enterpriseSecurity.deleteRole.mutationOptions({
      async onSuccess() {
        toast.done(t("delete.done", { name: role.name }));
        onClose();
        await queryClient.invalidateQueries(trpc.enterpriseSecurity.listRoles.queryFilter());
        await queryClient.invalidateQueries(trpc.users.pathFilter());
      },
    }),
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("delete.title", { name: role.name })}
      description={t(role.members > 0 ? "delete.moving" : "delete.free")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button
            variant="danger"
            pending={remove.isPending}
            onClick={() => remove.mutate({ roleId: role.id, ...(choices.length > 0 ? { moveTo } : {}) })}
          >
            {t("delete.action")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {remove.isError ? (
          <p role="alert" className="rounded-control bg-bad-soft px-3 py-2 text-13 text-bad">
            {t("delete.failed", { reason: explainError(remove.error, ui) })}
          </p>
        ) : null}
        <Select
          label={t("delete.moveTo")}
          value={moveTo}
          options={choices.map(({ id, name }) => ({
            value: id,
            label: nameOf({ role: id, roleName: name }),
          }))}
          onChange={setMoveTo}
        />
      </div>
    </Dialog>
  );
}
