import { Link } from "@tanstack/react-router";
import { useT } from "../../lib/i18n.ts";
import { buttonClass } from "../../ui/button.tsx";
import { botsStrings } from "./strings.ts";

/** Previous and next, as links; nothing when one page holds all. */
export function Pager({ page, pages }: { page: number; pages: number }) {
  const t = useT(botsStrings);
  if (pages <= 1) return null;
  const link = (to: number, label: string) => (
    <Link
      from="/bots"
      to="/bots"
      search={(now) => ({ ...now, page: to })}
      disabled={to < 1 || to > pages}
      className={buttonClass("secondary", "sm")}
    >
      {label}
    </Link>
  );
  return (
    <nav aria-label={t("page.label")} className="mt-4 flex items-center justify-between">
      {link(page - 1, t("page.previous"))}
      <span className="text-13 text-ink-2">{t("page.of", { page, pages })}</span>
      {link(page + 1, t("page.next"))}
    </nav>
  );
}
