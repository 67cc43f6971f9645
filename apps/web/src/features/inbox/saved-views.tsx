import { Link } from "@tanstack/react-router";
import { Bookmark } from "lucide-react";
import { lazy, Suspense, startTransition, useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { Button, cx } from "../../ui/index.ts";
import { deskStrings } from "./desk.strings.ts";
import { isSame, type Listed, listedBy, useSavedViews } from "./use-saved-views.ts";

const ViewsDialog = lazy(() => import("./views-dialog.tsx"));

/** Views by name, one's own and those that colleagues share, and the way to save what the list shows. */
export default function SavedViews({ listed }: { listed: Listed }) {
  const t = useT(deskStrings);
  const views = useSavedViews(true);
  const [isOpen, setOpen] = useState(false);
  const isNarrowed = listed.filter !== undefined || listed.search !== undefined;
  const isSaved = views.some((view) => isSame(view, listed));
  if (views.length === 0 && !isNarrowed) return null;
  return (
    <nav aria-label={t("saved")} className="flex flex-wrap gap-1 px-3 pb-2">
      {views.map((view) => (
        <Link
          key={view.id}
          to="/inbox"
          search={listedBy(view)}
          aria-current={isSame(view, listed) ? "page" : undefined}
          title={view.isMine ? undefined : t("saved.of")}
          className={cx(
            "inline-flex h-7 items-center gap-1.5 rounded-control px-2 text-13 font-medium whitespace-nowrap",
            isSame(view, listed)
              ? "bg-surface-3 text-ink-1"
              : "text-ink-2 hover:bg-surface-2 hover:text-ink-1",
          )}
        >
          <Bookmark className="size-3.5" aria-hidden />
          <bdi className="truncate">{view.name}</bdi>
        </Link>
      ))}
      <Button size="sm" variant="ghost" onClick={() => startTransition(() => setOpen(true))}>
        {t(isNarrowed && !isSaved ? "saved.save" : "saved.manage")}
      </Button>
      <Suspense>
        {isOpen ? <ViewsDialog listed={listed} views={views} onClose={() => setOpen(false)} /> : null}
      </Suspense>
    </nav>
  );
}
