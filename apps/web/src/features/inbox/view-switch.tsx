import { Link } from "@tanstack/react-router";
import { useT } from "../../lib/i18n.ts";
import type { ConversationPage } from "../../lib/models.ts";
import { cx } from "../../ui/cx.ts";
import { inboxStrings } from "./strings.ts";
import { type View, views } from "./views.ts";

/** The server counts no further. */
const mostCounted = 100;

/** The views with how many conversations each holds; the counts come from the server with every list. */
export function ViewSwitch({
  current,
  counts,
}: {
  current: View;
  counts: ConversationPage["counts"] | undefined;
}) {
  const t = useT(inboxStrings);
  const countOf = (view: View) => (view === "resolved" || view === "all" ? undefined : counts?.[view]);
  return (
    <nav aria-label={t("views")} className="flex flex-wrap gap-1 px-3 py-2">
      {views.map((view) => {
        const count = countOf(view);
        return (
          <Link
            key={view}
            to="/inbox"
            search={{ view }}
            aria-current={view === current ? "page" : undefined}
            className={cx(
              "inline-flex h-7 items-center gap-1.5 rounded-control px-2 text-13 font-medium whitespace-nowrap",
              view === current ? "bg-surface-3 text-ink-1" : "text-ink-2 hover:bg-surface-2 hover:text-ink-1",
            )}
          >
            {t(`view.${view}`)}
            {count === undefined || count === 0 ? null : (
              <span
                className={cx(
                  "text-12",
                  view === "breaching" && "font-semibold text-bad",
                  view === "needs_human" && "font-semibold text-warn",
                  view !== "breaching" && view !== "needs_human" && "text-ink-3",
                )}
              >
                {count < mostCounted ? count : `${mostCounted - 1}+`}
              </span>
            )}
          </Link>
        );
      })}
    </nav>
  );
}
