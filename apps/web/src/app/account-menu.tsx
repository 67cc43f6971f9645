import { useNavigate } from "@tanstack/react-router";
import { LogOut, Monitor, Moon, Settings, Sun } from "lucide-react";
import { useT } from "../lib/i18n.ts";
import { applyTheme } from "../lib/preferences.ts";
import { postAuth, renewSession, useSession } from "../lib/session.ts";
import { Menu } from "../ui/menu.tsx";
import { toast } from "../ui/toast.tsx";
import { shellStrings } from "./strings.ts";

/** Ends the session and returns to sign-in; a failure leaves everything as it was and says so. */
export function useSignOut(): () => Promise<void> {
  const t = useT(shellStrings);
  const navigate = useNavigate();
  return async () => {
    try {
      await postAuth("sign-out", {});
      await renewSession();
      await navigate({ to: "/sign-in" });
    } catch {
      toast.failed(t("signOut.failed"), t("signOut.kept"));
    }
  };
}

export function AccountMenu({ className }: { className: string }) {
  const t = useT(shellStrings);
  const session = useSession();
  const navigate = useNavigate();
  const signOut = useSignOut();
  const icon = "size-4 text-ink-3";
  return (
    <Menu
      side="top"
      trigger={
        <button type="button" className={className}>
          <span className="sr-only">{t("account.menu", { name: session.user.name })}</span>
          <span
            aria-hidden
            className="flex size-6 shrink-0 items-center justify-center rounded-full bg-accent-soft text-12 font-semibold text-accent"
          >
            {initialOf(session.user.name)}
          </span>
          <span aria-hidden dir="auto" className="hidden min-w-0 truncate xl:inline">
            {session.user.name}
          </span>
        </button>
      }
      header={
        <div className="max-w-60">
          <div dir="auto" className="truncate text-match text-14 font-medium">
            {session.user.name}
          </div>
          <div className="truncate text-12 text-ink-3">{session.user.email}</div>
          <div dir="auto" className="truncate text-match text-12 text-ink-3">
            {session.tenant.name}
          </div>
        </div>
      }
      items={[
        {
          label: t("account.settings"),
          icon: <Settings className={icon} aria-hidden />,
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

/** The first letter of a name, whole even when it takes two code units. */
export function initialOf(name: string): string {
  return [...name.trim()][0]?.toLocaleUpperCase() ?? "?";
}
