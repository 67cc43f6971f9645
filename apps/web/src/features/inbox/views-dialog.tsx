import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { queryClient, trpc } from "../../lib/trpc.ts";
import { Button, Dialog, explainError, Select, TextField, toast, uiStrings } from "../../ui/index.ts";
import { deskStrings } from "./desk.strings.ts";
import { filterOfListed, isSame, type Listed, type SavedView } from "./use-saved-views.ts";

interface ViewsDialogProps {
  listed: Listed;
  views: readonly SavedView[];
  onClose: () => void;
}

/** Saves what the list shows under a name; changes and deletes one's own views. */
export default function ViewsDialog({ listed, views, onClose }: ViewsDialogProps) {
  const t = useT(deskStrings);
  const isNew =
    (listed.filter !== undefined || listed.search !== undefined) &&
    !views.some((view) => isSame(view, listed));
  const mine = views.filter((view) => view.isMine);
  return (
    <Dialog open onClose={onClose} title={t("saved")}>
      <div className="flex flex-col gap-5">
        {isNew ? (
          <section aria-label={t("saved.new")} className="flex flex-col gap-3">
            <h3 className="text-13 font-semibold">{t("saved.new")}</h3>
            <ViewForm view={null} filter={filterOfListed(listed)} onSaved={onClose} />
          </section>
        ) : null}
        {mine.length > 0 ? (
          <ul className="flex flex-col gap-4">
            {mine.map((view) => (
              <li key={view.id} className="border-t border-line pt-4 first:border-t-0 first:pt-0">
                <ViewForm view={view} filter={view.filter} />
              </li>
            ))}
          </ul>
        ) : isNew ? null : (
          <p className="text-14 text-ink-2">{t("saved.none")}</p>
        )}
      </div>
    </Dialog>
  );
}

interface ViewFormProps {
  view: SavedView | null;
  filter: ReturnType<typeof filterOfListed>;
  onSaved?: () => void;
}

function ViewForm({ view, filter, onSaved }: ViewFormProps) {
  const t = useT(deskStrings);
  const ui = useT(uiStrings);
  const [name, setName] = useState(view?.name ?? "");
  const [shared, setShared] = useState<"mine" | "shared">(view?.shared ? "shared" : "mine");
  const refresh = () => queryClient.invalidateQueries(trpc.views.pathFilter());
  const onError = (error: unknown) => toast.failed(t("saved.failed"), explainError(error, ui));
  const save = useMutation(
    trpc.views.save.mutationOptions({
      onSuccess(saved) {
        toast.done(t("saved.done", { name: saved.name }));
        onSaved?.();
        void refresh();
      },
      onError,
    }),
  );
  const remove = useMutation(
    trpc.views.delete.mutationOptions({
      onSuccess() {
        toast.done(t("saved.removed", { name: view?.name ?? "" }));
        void refresh();
      },
      onError,
    }),
  );
  function submit(event: FormEvent) {
    event.preventDefault();
    if (name.trim() === "" || save.isPending) return;
    save.mutate({ ...(view ? { id: view.id } : {}), name, filter, shared: shared === "shared" });
  }
  const isChanged = view === null || name !== view.name || (shared === "shared") !== view.shared;
  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-3">
      <TextField
        label={t("saved.name")}
        className="grow basis-40"
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Select
        label={t("saved.for")}
        className="basis-36"
        value={shared}
        options={(["mine", "shared"] as const).map((value) => ({ value, label: t(`saved.${value}`) }))}
        onChange={setShared}
      />
      <Button
        type="submit"
        {...(view ? { "aria-label": t("saved.renameOf", { name: view.name }) } : {})}
        variant={view ? "secondary" : "primary"}
        disabled={name.trim() === "" || !isChanged}
        pending={save.isPending}
      >
        {t(view ? "saved.rename" : "saved.save")}
      </Button>
      {view ? (
        <Button
          variant="danger"
          aria-label={t("saved.removeOf", { name: view.name })}
          pending={remove.isPending}
          onClick={() => remove.mutate({ id: view.id })}
        >
          {t("saved.remove")}
        </Button>
      ) : null}
    </form>
  );
}
