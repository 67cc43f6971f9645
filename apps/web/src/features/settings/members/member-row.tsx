import { Ellipsis } from "lucide-react";
import { useT } from "../../../lib/i18n.ts";
import type { Member, Role } from "../../../lib/models.ts";
import { useRoleName } from "../../../lib/role-name.ts";
import { Badge, IconButton, Menu, type MenuItem, Select, Time } from "../../../ui/index.ts";
import { membersStrings } from "./strings.ts";

export type MemberAct =
  | { act: "edit" | "reset" | "factor" | "deactivate" | "reactivate"; member: Member }
  | { act: "change"; member: Member; role: Role };

/** One member: who they are, what they may do, and what the reader may do with them. */
export function MemberRow({
  member,
  isSelf,
  roles,
  onAct,
}: {
  member: Member;
  isSelf: boolean;
  roles: Role[];
  onAct: (act: MemberAct) => void;
}) {
  const t = useT(membersStrings);
  const { name, email, status, teams, skills, joinedAt, can } = member;
  const items: MenuItem[] = [
    ...(can.update ? [{ label: t("act.edit"), onSelect: () => onAct({ act: "edit", member }) }] : []),
    ...(can.resetPassword
      ? [
          { label: t("act.reset"), onSelect: () => onAct({ act: "reset", member }) },
          { label: t("act.factor"), onSelect: () => onAct({ act: "factor", member }) },
        ]
      : []),
    ...(can.reactivate
      ? [{ label: t("act.reactivate"), onSelect: () => onAct({ act: "reactivate", member }) }]
      : []),
    ...(can.deactivate
      ? [{ label: t("act.deactivate"), danger: true, onSelect: () => onAct({ act: "deactivate", member }) }]
      : []),
  ];
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-3">
      <div className="min-w-0 grow basis-56">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span dir="auto" className="text-match min-w-0 text-14 font-medium [overflow-wrap:anywhere]">
            {name}
          </span>
          {isSelf ? <Badge tone="info">{t("you")}</Badge> : null}
          {status === "active" ? null : <Badge tone="warn">{t(status)}</Badge>}
        </div>
        <p className="text-13 text-ink-2 [overflow-wrap:anywhere]">
          <bdi>{email}</bdi>
        </p>
        <p className="flex flex-wrap gap-x-2 text-13 text-ink-3">
          <span>
            {t("joined")} <Time value={joinedAt} />
          </span>
          {teams.length > 0 ? <bdi>{teams.map((team) => team.name).join(", ")}</bdi> : null}
          {skills.length > 0 ? <bdi>{skills.join(", ")}</bdi> : null}
        </p>
      </div>
      <div className="flex items-center gap-2">
        <RoleOf member={member} roles={roles} onChange={(role) => onAct({ act: "change", member, role })} />
        {items.length > 0 ? (
          <Menu
            trigger={
              <IconButton label={t("actions", { name })} icon={<Ellipsis className="size-4" aria-hidden />} />
            }
            items={items}
          />
        ) : null}
      </div>
    </li>
  );
}

function RoleOf({
  member,
  roles,
  onChange,
}: {
  member: Member;
  roles: Role[];
  onChange: (role: Role) => void;
}) {
  const t = useT(membersStrings);
  const nameOf = useRoleName();
  const choices = roles.filter(({ id, can }) => can.give || id === member.role);
  if (!member.can.changeRole || choices.length < 2) {
    return <span className="text-14 text-ink-2">{nameOf(member)}</span>;
  }
  return (
    <Select
      label={t("role.of", { name: member.name })}
      labelHidden
      value={member.role}
      options={choices.map(({ id, name }) => ({ value: id, label: nameOf({ role: id, roleName: name }) }))}
      onChange={(next) => {
        const role = roles.find(({ id }) => id === next);
        if (role && next !== member.role) onChange(role);
      }}
      className="w-44"
    />
  );
}
