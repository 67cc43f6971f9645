import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { Role } from "../../../lib/models.ts";
import { useRoleName } from "../../../lib/role-name.ts";
import { may, useSession } from "../../../lib/session.ts";
import { trpc } from "../../../lib/trpc.ts";
import { Badge, Button, ErrorState, Panel, Skeleton } from "../../../ui/index.ts";
import { DeleteRoleDialog } from "./delete-role-dialog.tsx";
import { RoleDialog } from "./role-dialog.tsx";
import { rolesStrings } from "./strings.ts";
import { useRoleDescription } from "./use-role-description.ts";

/** What people may do here: the product's roles, the workspace's own, and who has each. */
export function RolesTab() {
  const t = useT(rolesStrings);
  const session = useSession();
  const roles = useQuery(trpc.enterpriseSecurity.listRoles.queryOptions());
  const [shown, setShown] = useState<Role | "new" | null>(null);
  const [deleting, setDeleting] = useState<Role | null>(null);

  return (
    <Panel
      title={t("title")}
      description={<p className="max-w-prose">{t("text")}</p>}
      action={
        may(session, "manage roles") ? (
          <Button icon={<Plus className="size-4" aria-hidden />} onClick={() => setShown("new")}>
            {t("add")}
          </Button>
        ) : null
      }
    >
      {roles.isPending ? (
        <Skeleton className="h-64" />
      ) : roles.isError ? (
        <ErrorState error={roles.error} title={t("failed")} onRetry={() => void roles.refetch()} />
      ) : (
        <>
          <ul className="divide-y divide-line rounded-control border border-line">
            {roles.data.items.map((role) => (
              <RoleRow
                key={role.id}
                role={role}
                onShow={() => setShown(role)}
                onDelete={() => setDeleting(role)}
              />
            ))}
          </ul>
          {shown ? (
            <RoleDialog
              role={shown === "new" ? null : shown}
              capabilities={roles.data.capabilities}
              onClose={() => setShown(null)}
            />
          ) : null}
          {deleting ? (
            <DeleteRoleDialog role={deleting} roles={roles.data.items} onClose={() => setDeleting(null)} />
          ) : null}
        </>
      )}
    </Panel>
  );
}

function RoleRow({ role, onShow, onDelete }: { role: Role; onShow: () => void; onDelete: () => void }) {
  const t = useT(rolesStrings);
  const nameOf = useRoleName();
  const descriptionOf = useRoleDescription();
  const name = nameOf({ role: role.id, roleName: role.name });
  const act = t(role.can.update ? "edit" : "view");
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-3">
      <div className="min-w-0 grow basis-64">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span dir="auto" className="text-match min-w-0 text-14 font-medium [overflow-wrap:anywhere]">
            {name}
          </span>
          {role.builtIn ? <Badge>{t("builtIn")}</Badge> : null}
        </div>
        <p dir="auto" className="text-match text-13 text-ink-2 [overflow-wrap:anywhere]">
          {descriptionOf(role)}
        </p>
        <p className="text-13 text-ink-3">
          <Link to="/settings" search={{ tab: "members", role: role.id }} className="underline">
            {t("members", { count: role.members })}
          </Link>
          {" · "}
          {t("rights", { count: role.rights.length })}
        </p>
      </div>
      <div className="flex gap-2">
        <Button size="sm" aria-label={t("actions", { action: act, name })} onClick={onShow}>
          {act}
        </Button>
        {role.can.remove ? (
          <Button
            size="sm"
            variant="danger"
            aria-label={t("actions", { action: t("remove"), name })}
            onClick={onDelete}
          >
            {t("remove")}
          </Button>
        ) : null}
      </div>
    </li>
  );
}
