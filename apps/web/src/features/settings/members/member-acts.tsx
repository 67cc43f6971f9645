import { useMutation } from "@tanstack/react-query";
import { useT } from "../../../lib/i18n.ts";
import { useRoleName } from "../../../lib/role-name.ts";
import { renewSession, useSession } from "../../../lib/session.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import { ConfirmDialog, toast } from "../../../ui/index.ts";
import { EditMemberDialog } from "./edit-member-dialog.tsx";
import type { MemberAct } from "./member-row.tsx";
import { ResetLinkDialog } from "./reset-link-dialog.tsx";
import { membersStrings } from "./strings.ts";

/** The dialog of what is being done with a member. */
export function MemberActs({ doing, onClose }: { doing: MemberAct; onClose: () => void }) {
  const t = useT(membersStrings);
  const nameOf = useRoleName();
  const session = useSession();
  const setRole = useMutation(trpc.users.updateRole.mutationOptions());
  const deactivate = useMutation(trpc.users.deactivate.mutationOptions());
  const reactivate = useMutation(trpc.users.reactivate.mutationOptions());
  const removeFactor = useMutation(trpc.users.removeSecondFactor.mutationOptions());
  const { member, act } = doing;
  const { id: userId, name } = member;
  const isSelf = userId === session.user.id;

  if (act === "edit") return <EditMemberDialog member={member} onClose={onClose} />;
  if (act === "reset") return <ResetLinkDialog member={member} onClose={onClose} />;

  async function refresh() {
    if (isSelf)
      await renewSession(); // it has ended: the screen that signs in follows
    else {
      await queryClient.invalidateQueries(trpc.users.pathFilter());
      await queryClient.invalidateQueries(trpc.enterpriseSecurity.listRoles.queryFilter());
    }
  }

  if (act === "change") {
    const role = nameOf({ role: doing.role.id, roleName: doing.role.name });
    return (
      <ConfirmDialog
        open
        onClose={onClose}
        title={t("change.title", { name, role })}
        description={t(isSelf ? "change.self" : "change.text")}
        confirmLabel={t("change.action")}
        onConfirm={async () => {
          await setRole.mutateAsync({ userId, role: doing.role.id });
          toast.done(t("change.done", { name, role }));
          await refresh();
        }}
      />
    );
  }
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t(`${act}.title`, { name })}
      description={t(`${act}.text`)}
      confirmLabel={t(`act.${act}`)}
      onConfirm={async () => {
        await { deactivate, reactivate, factor: removeFactor }[act].mutateAsync({ userId });
        toast.done(t(`${act}.done`, { name }));
        await refresh();
      }}
    />
  );
}
