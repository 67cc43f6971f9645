import { useQuery } from "@tanstack/react-query";
import { Link, type LinkProps } from "@tanstack/react-router";
import {
  BadgeCheck,
  Bot,
  ChartColumn,
  Inbox,
  Search,
  Settings,
  ShieldCheck,
  UserRound,
  Wrench,
} from "lucide-react";
import type { ReactNode } from "react";
import { useT } from "../lib/i18n.ts";
import { may, useSession } from "../lib/session.ts";
import { trpc } from "../lib/trpc.ts";
import { Kbd } from "../ui/kbd.tsx";
import { AccountMenu, MoreMenu } from "./account-menu.tsx";
import { openPalette } from "./palette-host.tsx";
import { shellStrings } from "./strings.ts";

const layoutClass =
  "h-11 grow flex-col items-center justify-center gap-0.5 rounded-control px-1 text-12 font-medium text-ink-2 " +
  "hover:bg-surface-2 hover:text-ink-1 md:h-10 md:w-[72px] md:grow-0 md:px-0 " +
  "xl:h-8 xl:w-full xl:flex-row xl:justify-start xl:gap-2.5 xl:px-2.5 xl:text-14";
const itemClass = `flex ${layoutClass}`;
/** Not in the phone's bar, where it is in the menu at the end. */
const wideItemClass = `hidden md:flex ${layoutClass}`;
const activeClass = "bg-surface-3! text-ink-1!";

const isMac = navigator.userAgent.includes("Mac");

/** Main navigation: a column at the side, narrow below 1280 px; a bar of five at the bottom on a phone. */
export function NavBar() {
  const t = useT(shellStrings);
  const session = useSession();
  const { user } = session;
  const isAdmin = user.role === "ADMIN";
  return (
    <nav
      aria-label={t("nav.label")}
      className="flex shrink-0 items-stretch gap-1 border-t border-line bg-surface-0 px-2 py-1 md:w-20 md:flex-col md:items-center md:border-t-0 md:border-e md:py-3 xl:w-52 xl:items-stretch"
    >
      <div className="hidden h-8 items-center gap-2 px-2.5 md:flex md:mb-2">
        <img src="/icon.svg" alt="" className="size-5" />
        <span className="hidden text-14 font-semibold xl:inline">Parlance</span>
      </div>
      <NavLink to="/inbox" icon={<Inbox className="size-[18px]" aria-hidden />} label={t("nav.inbox")}>
        <WaitingCount />
      </NavLink>
      <NavLink to="/bots" icon={<Bot className="size-[18px]" aria-hidden />} label={t("nav.bots")} />
      {may(session, "read customers") ? (
        <NavLink
          to="/customers"
          className={wideItemClass}
          icon={<UserRound className="size-[18px]" aria-hidden />}
          label={t("nav.customers")}
        />
      ) : null}
      {may(session, "read resolutions") ? (
        <NavLink
          to="/resolutions"
          className={wideItemClass}
          icon={<Wrench className="size-[18px]" aria-hidden />}
          label={t("nav.resolutions")}
        />
      ) : null}
      {may(session, "read analytics") ? (
        <>
          <NavLink
            to="/analytics"
            icon={<ChartColumn className="size-[18px]" aria-hidden />}
            label={t("nav.analytics")}
          />
          <NavLink
            to="/quality"
            className={wideItemClass}
            icon={<BadgeCheck className="size-[18px]" aria-hidden />}
            label={t("nav.quality")}
          />
        </>
      ) : null}
      <NavLink
        to="/settings"
        className={wideItemClass}
        icon={<Settings className="size-[18px]" aria-hidden />}
        label={t("nav.settings")}
      />
      {isAdmin ? (
        <NavLink
          to="/admin"
          className={wideItemClass}
          icon={<ShieldCheck className="size-[18px]" aria-hidden />}
          label={t("nav.admin")}
        />
      ) : null}
      <button type="button" className={itemClass} onClick={() => openPalette()}>
        <Search className="size-[18px]" aria-hidden />
        <span>{t("nav.search")}</span>
        <span className="ms-auto hidden xl:inline">
          <Kbd>{isMac ? "⌘K" : "Ctrl K"}</Kbd>
        </span>
      </button>
      <div className="hidden grow md:block" />
      <AccountMenu className={wideItemClass} />
      <MoreMenu className={`md:hidden ${itemClass}`} activeClass={activeClass} />
    </nav>
  );
}

function NavLink({
  to,
  icon,
  label,
  className = itemClass,
  children,
}: {
  to: LinkProps["to"];
  icon: ReactNode;
  label: string;
  className?: string;
  children?: ReactNode;
}) {
  return (
    <Link
      to={to}
      className={className}
      activeProps={{ className: activeClass }}
      activeOptions={{ includeSearch: false }}
    >
      <span className="relative inline-flex">{icon}</span>
      <span className="max-w-full truncate">{label}</span>
      {children}
    </Link>
  );
}

/** How many conversations wait for a person; kept fresh by the inbox's subscription when that is open. */
function WaitingCount() {
  const t = useT(shellStrings);
  const { data } = useQuery(
    trpc.conversations.list.queryOptions({ view: "needs_human", limit: 1 }, { refetchInterval: 20_000 }),
  );
  const count = data?.counts.needs_human ?? 0;
  if (count === 0) return null;
  return (
    <span className="absolute ms-7 -mt-5 rounded-full bg-warn-soft px-1.5 text-12 font-semibold text-warn xl:static xl:ms-auto xl:mt-0">
      <span aria-hidden>{count}</span>
      <span className="sr-only">{t("waiting", { count })}</span>
    </span>
  );
}
