import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Bookmark } from "lucide-react";
import { lazy, Suspense, startTransition, useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { queryClient, trpc } from "../../lib/trpc.ts";
import { Button, cx, explainError, toast, uiStrings } from "../../ui/index.ts";
import { deskStrings } from "./desk.strings.ts";
import {
  filterOfListed,
  isSame,
  type Listed,
  listedBy,
  type SavedView,
  useSavedViews,
} from "./use-saved-views.ts";

const ViewsDialog = lazy(() => import("./views-dialog.tsx"));

/** Views by name, one's own and those that colleagues share, and the way to save what the list shows. */
export default function SavedViews({ listed }: { listed: Listed }) {
  const t = useT(deskStrings);
  const views = useSavedViews(true);
  const [isOpen, setOpen] = useState(false);
  const isNarrowed = listed.filter !== undefined || listed.search !== undefined;
  const isSaved = views.some((view) => isSame(view, listed));
  const begun = views.find((view) => view.id === listed.saved);
  const isCurrent = (view: SavedView) => (isSaved ? isSame(view, listed) : view === begun);
  if (views.length === 0 && !isNarrowed) return null;
  return (
    <nav aria-label={t("saved")} className="flex flex-wrap gap-1 px-3 pb-2">
      {views.map((view) => (
        <Link
          key={view.id}
          to="/inbox"
          search={listedBy(view)}
          aria-current={isCurrent(view) ? "page" : undefined}
          title={view.isMine ? undefined : t("saved.of")}
          className={cx(
            "inline-flex h-7 items-center gap-1.5 rounded-control px-2 text-13 font-medium whitespace-nowrap",
            isCurrent(view) ? "bg-surface-3 text-ink-1" : "text-ink-2 hover:bg-surface-2 hover:text-ink-1",
          )}
        >
          <Bookmark className="size-3.5" aria-hidden />
          <bdi className="truncate">{view.name}</bdi>
        </Link>
      ))}
      {begun?.isMine && !isSaved ? <KeepChange view={begun} listed={listed} /> : null}
      <Button size="sm" variant="ghost" onClick={() => startTransition(() => setOpen(true))}>
        {t(isSaved || !isNarrowed ? "saved.manage" : begun ? "saved.asNew" : "saved.save")}
      </Button>
      <Suspense>
        {isOpen ? <ViewsDialog listed={listed} views={views} onClose={() => setOpen(false)} /> : null}
      </Suspense>
    </nav>
  );
}

/** Makes a view what the list has become since it was opened by it. */
function KeepChange({ view, listed }: { view: SavedView; listed: Listed }) {
  const t = useT(deskStrings);
  const ui = useT(uiStrings);
  const save = useMutation(
    trpc.views.save.mutationOptions({
      onSuccess(saved) {
        toast.done(t("saved.done", { name: saved.name }));
        return queryClient.invalidateQueries(trpc.views.pathFilter());
      },
      onError: (error) => toast.failed(t("saved.failed"), explainError(error, ui)),
    }),
  );
  const { id, name, shared } = view;
  const { sortBy, sortOrder } = view.filter;
  return (
    <Button
      size="sm"
      pending={save.isPending}
      onClick={() =>
        save.mutate({
          id,
          name,
          shared,
          filter: {
            ...filterOfListed(listed),
            ...(sortBy ? { sortBy } : {}),
            ...(sortOrder ? { sortOrder } : {}),
          },
        })
      }
    >
      {t("saved.keep", { name })}
    </Button>
  );
}
