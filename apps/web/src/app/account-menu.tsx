import { useLocation } from "@tanstack/react-router";
import { CircleEllipsis } from "lucide-react";
import { lazy } from "react";
import { useT } from "../lib/i18n.ts";
import { useSession } from "../lib/session.ts";
import { cx } from "../ui/cx.ts";
import { PopupOnDemand } from "../ui/popup-on-demand.tsx";
import { initialOf } from "./initial.ts";
import { shellStrings } from "./strings.ts";

const load = () => import("./account-popup.tsx");
const AccountPopup = lazy(load);

/** Who is signed in, and what concerns them: at the end of the column beside a screen. */
export function AccountMenu({ className }: { className: string }) {
  const t = useT(shellStrings);
  const { user } = useSession();
  const trigger = (
    <button type="button" className={className}>
      <span className="sr-only">{t("account.menu", { name: user.name })}</span>
      <span
        aria-hidden
        className="flex size-6 shrink-0 items-center justify-center rounded-full bg-accent-soft text-12 font-semibold text-accent"
      >
        {initialOf(user.name)}
      </span>
      <span aria-hidden dir="auto" className="hidden min-w-0 truncate xl:inline">
        {user.name}
      </span>
    </button>
  );
  return (
    <PopupOnDemand trigger={trigger} load={load}>
      <AccountPopup trigger={trigger} />
    </PopupOnDemand>
  );
}

/** At the end of a phone's bar: the places that the bar has no room for, and all of the account's menu. */
export function MoreMenu({ className, activeClass }: { className: string; activeClass: string }) {
  const t = useT(shellStrings);
  const isHere = useLocation({
    select: ({ pathname }) => /^\/(resolutions|quality|settings|admin)/.test(pathname),
  });
  const trigger = (
    <button type="button" className={cx(className, isHere && activeClass)}>
      <CircleEllipsis className="size-[18px]" aria-hidden />
      <span>{t("nav.more")}</span>
    </button>
  );
  return (
    <PopupOnDemand trigger={trigger} load={load}>
      <AccountPopup trigger={trigger} withPlaces />
    </PopupOnDemand>
  );
}
