import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { queryClient, trpc } from "../../lib/trpc.ts";
import { Button, Dialog, explainError, SearchField, toast, uiStrings } from "../../ui/index.ts";
import { customersStrings } from "./strings.ts";

interface MergeDialogProps {
  open: boolean;
  onClose: () => void;
  /** Into whom somebody is merged. */
  customer: { id: string; name: string };
}

/** Finds the customer who is the same person, and merges them once that is confirmed. */
export function MergeDialog({ open, onClose, customer }: MergeDialogProps) {
  const t = useT(customersStrings);
  const ui = useT(uiStrings);
  const [search, setSearch] = useState<string | undefined>();
  const [chosen, setChosen] = useState<{ id: string; name: string } | null>(null);
  const { data } = useQuery(
    trpc.endUsers.list.queryOptions(
      { search: search ?? "", pageSize: 6 },
      { enabled: open && search !== undefined, placeholderData: keepPreviousData },
    ),
  );
  const merge = useMutation(
    trpc.endUsers.merge.mutationOptions({
      async onSuccess() {
        await Promise.all([
          queryClient.invalidateQueries(trpc.endUsers.pathFilter()),
          queryClient.invalidateQueries(trpc.conversations.pathFilter()),
        ]);
        toast.done(t("merge.done"));
        close();
      },
    }),
  );
  function close() {
    setSearch(undefined);
    setChosen(null);
    merge.reset();
    onClose();
  }
  const found = search === undefined ? [] : (data?.items ?? []).filter(({ id }) => id !== customer.id);
  return (
    <Dialog
      open={open}
      onClose={close}
      title={t("merge.title", { name: customer.name })}
      description={t("merge.text")}
      footer={
        <>
          <Button variant="secondary" onClick={close}>
            {ui("cancel")}
          </Button>
          <Button
            variant="primary"
            disabled={chosen === null}
            pending={merge.isPending}
            onClick={() =>
              chosen && merge.mutate({ sourceCustomerId: chosen.id, targetCustomerId: customer.id })
            }
          >
            {chosen ? t("merge.confirm", { name: chosen.name }) : t("merge")}
          </Button>
        </>
      }
    >
      <SearchField label={t("merge.search")} search={search} onSearch={setSearch} />
      <ul className="mt-3 flex flex-col gap-1">
        {found.map(({ id, name, email, phone }) => {
          const shown = name ?? email ?? phone ?? t("visitor");
          return (
            <li key={id}>
              <button
                type="button"
                aria-pressed={chosen?.id === id}
                onClick={() => setChosen({ id, name: shown })}
                className="flex w-full flex-col rounded-control px-2.5 py-1.5 text-start hover:bg-surface-2 aria-pressed:bg-surface-3"
              >
                <bdi className="text-14 [overflow-wrap:anywhere]">{shown}</bdi>
                <bdi className="text-12 text-ink-2 [overflow-wrap:anywhere]">
                  {[email, phone].filter((text) => text !== null && text !== shown).join(", ")}
                </bdi>
              </button>
            </li>
          );
        })}
      </ul>
      {search === undefined ? (
        <p className="mt-2 text-13 text-ink-2">{t("merge.hint")}</p>
      ) : data && found.length === 0 ? (
        <p role="status" className="mt-2 text-13 text-ink-2">
          {t("merge.none", { search })}
        </p>
      ) : null}
      {merge.error ? (
        <p role="alert" className="mt-3 text-13 text-bad">
          {explainError(merge.error, ui)}
        </p>
      ) : null}
    </Dialog>
  );
}
