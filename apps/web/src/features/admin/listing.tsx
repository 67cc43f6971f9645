import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Search, SearchX } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { Button, buttonClass, EmptyState, ErrorState, Skeleton, TextField } from "../../ui/index.ts";
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
  return (
    <>
      <SearchBox label={label} search={search} />
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
          <Pager page={page} pages={query.data.meta.totalPages} />
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

/** Filters while typing; the URL follows 200 ms after the last key. */
function SearchBox({ label, search }: { label: string; search: string | undefined }) {
  const navigate = useNavigate({ from: "/admin" });
  const [typed, setTyped] = useState(search ?? "");
  // The URL may change by itself: back, forward, "clear the search".
  useEffect(() => setTyped(search ?? ""), [search]);
  useEffect(() => {
    const wanted = typed.trim();
    if (wanted === (search ?? "")) return;
    const timer = setTimeout(() => {
      void navigate({
        search: ({ tab }) => ({ ...(tab ? { tab } : {}), ...(wanted === "" ? {} : { search: wanted }) }),
        replace: true,
      });
    }, 200);
    return () => clearTimeout(timer);
  }, [typed, search, navigate]);
  return (
    <TextField
      label={label}
      labelHidden
      type="search"
      value={typed}
      maxLength={100}
      onChange={(event) => setTyped(event.target.value)}
      placeholder={label}
      icon={<Search className="size-4" aria-hidden />}
      className="max-w-sm"
    />
  );
}

/** Previous and next, as links; nothing when one page holds all. */
function Pager({ page, pages }: { page: number; pages: number }) {
  const t = useT(adminStrings);
  if (pages <= 1) return null;
  const link = (to: number, label: string) => (
    <Link
      from="/admin"
      to="/admin"
      search={(now) => ({ ...now, page: to })}
      disabled={to < 1 || to > pages}
      className={buttonClass("secondary", "sm")}
    >
      {label}
    </Link>
  );
  return (
    <nav aria-label={t("page.label")} className="flex items-center justify-between">
      {link(page - 1, t("page.previous"))}
      <span className="text-13 text-ink-2">{t("page.of", { page, pages })}</span>
      {link(page + 1, t("page.next"))}
    </nav>
  );
}
