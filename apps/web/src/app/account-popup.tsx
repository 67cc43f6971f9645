import { useNavigate } from "@tanstack/react-router";
import {
  ArrowLeftRight,
  BadgeCheck,
  LogOut,
  Monitor,
  Moon,
  Settings,
  ShieldCheck,
  Sun,
  UserRound,
  UsersRound,
  Wrench,
} from "lucide-react";
import type { ReactElement } from "react";
import { useT } from "../lib/i18n.ts";
import { applyTheme } from "../lib/preferences.ts";
import { may, useSession } from "../lib/session.ts";
import type { MenuItem } from "../ui/menu.tsx";
import MenuPopup from "../ui/menu-popup.tsx";
import { accountMenuStrings } from "./account-menu-strings.ts";
import { shellStrings } from "./strings.ts";
import { useSignOut } from "./use-sign-out.ts";
import { useWorkspaces } from "./use-workspaces.ts";

const icon = "size-4 text-ink-3";

/** The account's menu, before it the places that a phone's bar has no room for. */
export default function AccountPopup({
  trigger,
  withPlaces = false,
}: {
  trigger: ReactElement<Record<string, unknown>>;
  withPlaces?: boolean;
}) {
  const t = useT(accountMenuStrings);
  const shell = useT(shellStrings);
  const session = useSession();
  const { user, tenant } = session;
  const navigate = useNavigate();
  const signOut = useSignOut();
  const { others, enter } = useWorkspaces();
  const customers: MenuItem = {
    label: shell("nav.customers"),
    icon: <UsersRound className={icon} aria-hidden />,
    onSelect: () => void navigate({ to: "/customers" }),
  };
  const resolutions: MenuItem = {
    label: shell("nav.resolutions"),
    icon: <Wrench className={icon} aria-hidden />,
    onSelect: () => void navigate({ to: "/resolutions" }),
  };
  const quality: MenuItem = {
    label: shell("nav.quality"),
    icon: <BadgeCheck className={icon} aria-hidden />,
    onSelect: () => void navigate({ to: "/quality" }),
  };
  const settings: MenuItem = {
    label: shell("nav.settings"),
    icon: <Settings className={icon} aria-hidden />,
    onSelect: () => void navigate({ to: "/settings" }),
  };
  const admin: MenuItem = {
    label: shell("nav.admin"),
    icon: <ShieldCheck className={icon} aria-hidden />,
    onSelect: () => void navigate({ to: "/admin" }),
  };
  return (
    <MenuPopup
      side="top"
      trigger={trigger}
      header={
        <div className="max-w-60">
          <div dir="auto" className="truncate text-match text-14 font-medium">
            {user.name}
          </div>
          <div className="truncate text-12 text-ink-3">{user.email}</div>
          <div dir="auto" className="truncate text-match text-12 text-ink-3">
            {tenant.name}
          </div>
        </div>
      }
      items={[
        ...(withPlaces && may(session, "read customers") ? [customers] : []),
        ...(withPlaces && may(session, "read resolutions") ? [resolutions] : []),
        ...(withPlaces && may(session, "read analytics") ? [quality] : []),
        ...(withPlaces ? [settings] : []),
        ...(withPlaces && user.role === "ADMIN" ? [admin] : []),
        ...others.map((other) => ({
          label: t("switch", { name: other.name }),
          icon: <ArrowLeftRight className={icon} aria-hidden />,
          onSelect: () => enter(other.id),
        })),
        {
          label: t("settings"),
          icon: <UserRound className={icon} aria-hidden />,
          onSelect: () => void navigate({ to: "/settings", search: { tab: "account" } }),
        },
        {
          label: t("theme.system"),
          icon: <Monitor className={icon} aria-hidden />,
          onSelect: () => applyTheme("system"),
        },
        {
          label: t("theme.light"),
          icon: <Sun className={icon} aria-hidden />,
          onSelect: () => applyTheme("light"),
        },
        {
          label: t("theme.dark"),
          icon: <Moon className={icon} aria-hidden />,
          onSelect: () => applyTheme("dark"),
        },
        {
          label: t("signOut"),
          icon: <LogOut className={icon} aria-hidden />,
          onSelect: () => void signOut(),
        },
      ]}
    />
  );
}
