import { Ellipsis } from "lucide-react";
import { initialOf } from "../../app/initial.ts";
import { useT } from "../../lib/i18n.ts";
import type { User } from "../../lib/models.ts";
import { useSession } from "../../lib/session.ts";
import { Badge, Menu, Time } from "../../ui/index.ts";
import { userStrings } from "./users.strings.ts";

export type UserAct = "promote" | "demote" | "suspend" | "activate";

/** One person: name, address, what they may, when they were last here. */
export function UserRow({ user, onAct }: { user: User; onAct: (act: UserAct) => void }) {
  const t = useT(userStrings);
  const own = useSession().user.id === user.id;
  const isAdmin = user.role === "ADMIN";
  const isSuspended = user.status === "SUSPENDED";
  const name = user.name || user.email || "?";
  const item = (act: UserAct, danger = false) => ({
    label: t(`user.${act}`),
    danger,
    onSelect: () => onAct(act),
  });
  return (
    <li className="flex items-center gap-3 px-4 py-3">
      <span
        aria-hidden
        className="flex size-8 shrink-0 items-center justify-center rounded-full bg-accent-soft text-13 font-semibold text-accent"
      >
        {initialOf(name)}
      </span>
      <div className="min-w-0 grow">
        <p className="flex min-w-0 flex-wrap items-center gap-x-2 gap-y-1">
          <span dir="auto" className="truncate text-14 font-semibold">
            {name}
          </span>
          {own ? <Badge>{t("user.you")}</Badge> : null}
          {isAdmin ? <Badge tone="info">{t("user.admin")}</Badge> : null}
          {isSuspended ? <Badge tone="bad">{t("user.suspended")}</Badge> : null}
          {user.status === "PENDING_VERIFICATION" ? <Badge tone="warn">{t("user.pending")}</Badge> : null}
        </p>
        <p className="truncate text-13 text-ink-2">
          <bdi>{user.email}</bdi>
        </p>
        <p className="text-13 text-ink-3">
          {user.lastLoginAt ? (
            <>
              {t("user.lastLogin")} <Time value={user.lastLoginAt} />
            </>
          ) : (
            t("user.never")
          )}
        </p>
      </div>
      <Menu
        trigger={
          <button
            type="button"
            aria-label={t("user.actions", { name })}
            className="inline-flex size-8 shrink-0 items-center justify-center rounded-control text-ink-2 hover:bg-surface-3 hover:text-ink-1"
          >
            <Ellipsis className="size-4" aria-hidden />
          </button>
        }
        items={[
          isAdmin ? item("demote") : item("promote"),
          isSuspended ? item("activate") : item("suspend", true),
        ]}
      />
    </li>
  );
}
