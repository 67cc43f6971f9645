import { useNavigate, useSearch } from "@tanstack/react-router";
import { SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { useT } from "../../lib/i18n.ts";
import { Button, EmptyState, ErrorState, Pager, SearchField, Skeleton } from "../../ui/index.ts";
import { adminStrings } from "./strings.ts";

export const pageSize = 20;

/** What the URL says of the list: its page, and what is searched for. */
export function useListing(): { page: number; pageSize: number; search?: string } {
  const { page = 1, search } = useSearch({ from: "/signed-in/admin" });
  return { page, pageSize, ...(search === undefined ? {} : { search }) };
}

interface ListingProps<Item> {
  label: string;
  query: {
    data: { items: Item[]; meta: { totalPages: number } } | undefined;
    error: unknown;
    isError: boolean;
    refetch: () => unknown;
  };
  row: (item: Item) => ReactNode;
}

/** A searched list with its pages, and what stands in its place while it loads, fails or is empty. */
export function Listing<Item>({ label, query, row }: ListingProps<Item>) {
  const { page, search } = useListing();
  const navigate = useNavigate({ from: "/admin" });
  const searchFor = (wanted: string | undefined) =>
    void navigate({
      search: ({ tab }) => ({ ...(tab ? { tab } : {}), ...(wanted === undefined ? {} : { search: wanted }) }),
      replace: true,
    });
  return (
    <>
      <SearchField label={label} search={search} onSearch={searchFor} className="max-w-sm" />
      {query.isError ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : query.data === undefined ? (
        <Skeleton className="h-64" />
      ) : query.data.items.length === 0 ? (
        <Nothing search={search} />
      ) : (
        <>
          <ul className="divide-y divide-line rounded-panel border border-line bg-surface-1">
            {query.data.items.map(row)}
          </ul>
          <Pager
            page={page}
            pages={query.data.meta.totalPages}
            onPage={(to) => void navigate({ search: (now) => ({ ...now, page: to }) })}
          />
        </>
      )}
    </>
  );
}

function Nothing({ search }: { search: string | undefined }) {
  const t = useT(adminStrings);
  const navigate = useNavigate({ from: "/admin" });
  const clear = () => void navigate({ search: ({ tab }) => ({ ...(tab ? { tab } : {}) }) });
  if (search === undefined) return <EmptyState title={t("none.empty")} />;
  return (
    <EmptyState
      icon={<SearchX aria-hidden />}
      title={t("none.title", { search })}
      action={<Button onClick={clear}>{t("none.action")}</Button>}
    >
      {t("none.text")}
    </EmptyState>
  );
}
