import { useMutation, useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { lazy, Suspense, startTransition, useState } from "react";
import { useFormat } from "../../lib/format.ts";
import { useT } from "../../lib/i18n.ts";
import type { ModelPrice } from "../../lib/models.ts";
import { may, useSession } from "../../lib/session.ts";
import { queryClient, trpc } from "../../lib/trpc.ts";
import { Button, ErrorState, explainError, Panel, Skeleton, toast, uiStrings } from "../../ui/index.ts";
import { spendingStrings } from "./strings.ts";

const PriceDialog = lazy(() => import("./price-dialog.tsx"));

/** What each model costs: by the providers' lists, or as the workspace says. */
export function PricesPanel() {
  const t = useT(spendingStrings);
  const ui = useT(uiStrings);
  const format = useFormat();
  const session = useSession();
  const mayChange = may(session, "manage models");
  const prices = useQuery(trpc.prices.list.queryOptions());
  const [showsAll, setShowsAll] = useState(false);
  const [editing, setEditing] = useState<ModelPrice | "new" | null>(null);
  const reset = useMutation(
    trpc.prices.reset.mutationOptions({
      onSuccess: async (_, { model }) => {
        await queryClient.invalidateQueries(trpc.prices.pathFilter());
        toast.done(t("prices.was.reset", { model }));
      },
      onError: (error) => toast.failed(t("prices.not.reset"), explainError(error, ui)),
    }),
  );
  const edit = (row: ModelPrice | "new") => startTransition(() => setEditing(row));
  const own = prices.data?.items.filter((row) => row.isInUse || row.ownPrice !== null) ?? [];
  const rows = showsAll ? (prices.data?.items ?? []) : own;
  const day = prices.data ? format.utcDay(new Date(prices.data.listDate), "long") : "";
  return (
    <Panel
      title={t("prices.title")}
      {...(prices.data ? { description: <p className="max-w-prose">{t("prices.text", { day })}</p> } : {})}
      action={
        mayChange ? (
          <Button icon={<Plus className="size-4" aria-hidden />} onClick={() => edit("new")}>
            {t("prices.add")}
          </Button>
        ) : null
      }
    >
      {prices.isPending ? (
        <Skeleton className="h-24" />
      ) : prices.isError ? (
        <ErrorState error={prices.error} onRetry={() => void prices.refetch()} />
      ) : (
        <>
          {rows.length === 0 ? (
            <p className="text-14 text-ink-2">{t("prices.empty")}</p>
          ) : (
            <ul className="divide-y divide-line">
              {rows.map((row) => (
                <PriceRow
                  key={row.model}
                  row={row}
                  {...(mayChange
                    ? { onChange: () => edit(row), onReset: () => reset.mutate({ model: row.model }) }
                    : {})}
                />
              ))}
            </ul>
          )}
          <Button variant="ghost" size="sm" className="-ms-2.5 mt-2" onClick={() => setShowsAll(!showsAll)}>
            {t(showsAll ? "prices.fewer" : "prices.all")}
          </Button>
        </>
      )}
      {mayChange ? null : <p className="mt-3 text-13 text-ink-3">{t("prices.only")}</p>}
      <Suspense>
        {editing === null ? null : (
          <PriceDialog row={editing === "new" ? null : editing} onClose={() => setEditing(null)} />
        )}
      </Suspense>
    </Panel>
  );
}

function PriceRow({
  row,
  onChange,
  onReset,
}: {
  row: ModelPrice;
  onChange?: () => void;
  onReset?: () => void;
}) {
  const t = useT(spendingStrings);
  const format = useFormat();
  const { model, price, ownPrice } = row;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
      <div className="min-w-0 grow basis-56">
        <span dir="auto" className="block text-match text-14 [overflow-wrap:anywhere]">
          {model}
        </span>
        <span className="text-13 text-ink-2 tabular-nums">
          {price === null ? (
            <span className="text-warn">{t("prices.none")}</span>
          ) : (
            <>
              {t("prices.input")} {format.dollars(price.input)}
              {row.purpose === "embedding" ? null : (
                <>
                  {" · "}
                  {t("prices.output")} {format.dollars(price.output)}
                </>
              )}
              <span className="text-ink-3"> · {t(ownPrice ? "prices.own" : "prices.listed")}</span>
            </>
          )}
        </span>
      </div>
      {onChange ? (
        <div className="flex gap-2">
          {ownPrice && onReset ? (
            <Button variant="ghost" size="sm" aria-label={t("prices.reset", { model })} onClick={onReset}>
              {t("prices.reset.short")}
            </Button>
          ) : null}
          <Button size="sm" aria-label={t("prices.change", { model })} onClick={onChange}>
            {t("prices.change.short")}
          </Button>
        </div>
      ) : null}
    </li>
  );
}
