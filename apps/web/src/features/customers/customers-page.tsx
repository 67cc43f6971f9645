import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ListFilter, SearchX, UsersRound } from "lucide-react";
import { useRef, useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { may, useSession } from "../../lib/session.ts";
import { trpc } from "../../lib/trpc.ts";
import {
  Button,
  buttonClass,
  cx,
  EmptyState,
  ErrorState,
  IconButton,
  PageHeader,
  Pager,
  SearchField,
  Select,
  Skeleton,
} from "../../ui/index.ts";
import { CustomerRow } from "./customer-row.tsx";
import { customerPageStrings } from "./page.strings.ts";
import { useListKeys } from "./use-list-keys.ts";
import { wordsIn } from "./words.ts";

const route = getRouteApi("/signed-in/customers");
const pageSize = 25;
const statuses = ["active", "inactive", "blocked"] as const;

/** Everybody who wrote, the newest first. Search, filters and page are in the URL. */
export function CustomersPage() {
  const t = useT(customerPageStrings);
  if (may(useSession(), "read customers")) return <Customers />;
  return (
    <>
      <PageHeader title={t("title")} />
      <EmptyState icon={<UsersRound aria-hidden />} title={t("only.title")} className="pt-24">
        {t("only.text")}
      </EmptyState>
    </>
  );
}

function Customers() {
  const t = useT(customerPageStrings);
  const { page = 1, search, tier, tags, segments, ...rest } = route.useSearch();
  const status = statuses.find((known) => known === rest.status);
  const navigate = route.useNavigate();
  const list = useRef<HTMLUListElement>(null);
  const [showFilters, setShowFilters] = useState(false);
  useListKeys(list);
  const customers = useQuery(
    trpc.endUsers.list.queryOptions(
      {
        page,
        pageSize,
        ...(search === undefined ? {} : { search }),
        ...(status === undefined ? {} : { status }),
        ...(tier === undefined ? {} : { slaTier: tier }),
        ...(tags === undefined ? {} : { tags: wordsIn(tags) }),
        ...(segments === undefined ? {} : { segments: wordsIn(segments) }),
      },
      { placeholderData: keepPreviousData },
    ),
  );
  const filter = (name: "search" | "tier" | "tags" | "segments" | "status", wanted: string | undefined) =>
    void navigate({
      search: ({ [name]: _, page: _page, ...now }) =>
        wanted === undefined ? now : { ...now, [name]: wanted },
      replace: true,
    });
  const narrowed = [status, tier, tags, segments].filter((value) => value !== undefined).length;
  const isFiltered = search !== undefined || narrowed > 0;
  const items = customers.data?.items ?? [];
  const total = customers.data?.total ?? 0;
  if (customers.isSuccess && total === 0 && !isFiltered) return <Nobody />;
  return (
    <>
      <PageHeader title={t("title")}>
        {customers.isSuccess ? (
          <span className="text-13 text-ink-2" role="status">
            {t("count", { count: total })}
          </span>
        ) : null}
      </PageHeader>
      <div className="mx-auto w-full max-w-5xl p-4 md:p-6">
        <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-[2fr_1fr_1fr_1fr_1fr]">
          <div className="flex items-center gap-1 sm:col-span-2 lg:col-span-1">
            <SearchField
              label={t("search")}
              search={search}
              onSearch={(wanted) => filter("search", wanted)}
              className="min-w-0 grow"
            />
            <IconButton
              label={narrowed === 0 ? t("filters") : t("filters.on", { count: narrowed })}
              icon={<ListFilter className={cx("size-4", narrowed > 0 && "text-accent")} aria-hidden />}
              aria-expanded={showFilters}
              onClick={() => setShowFilters(!showFilters)}
              className="sm:hidden"
            />
          </div>
          {/* on a phone they would push the list out of sight */}
          <div className={cx("grid gap-3 sm:contents", !showFilters && "max-sm:hidden")}>
            <Select
              label={t("filter.status")}
              labelHidden
              value={status ?? "any"}
              options={[
                { value: "any", label: t("status.any") },
                ...statuses.map((value) => ({ value, label: t(`status.${value}`) })),
              ]}
              onChange={(value) => filter("status", value === "any" ? undefined : value)}
            />
            <SearchField
              label={t("filter.tier")}
              search={tier}
              onSearch={(wanted) => filter("tier", wanted)}
            />
            <SearchField
              label={t("filter.tags")}
              search={tags}
              onSearch={(wanted) => filter("tags", wanted)}
            />
            <SearchField
              label={t("filter.segments")}
              search={segments}
              onSearch={(wanted) => filter("segments", wanted)}
            />
          </div>
        </div>
        {customers.isError ? (
          <ErrorState error={customers.error} onRetry={() => void customers.refetch()} />
        ) : customers.isPending ? (
          <div className="mt-4 flex flex-col gap-px">
            {[1, 2, 3, 4].map((row) => (
              <Skeleton key={row} className="h-14" />
            ))}
          </div>
        ) : items.length === 0 ? (
          <EmptyState
            icon={<SearchX aria-hidden />}
            title={t("none.title")}
            action={<Button onClick={() => void navigate({ search: {} })}>{t("filter.clear")}</Button>}
          >
            {t("none.text")}
          </EmptyState>
        ) : (
          <>
            <ul
              ref={list}
              className="mt-4 divide-y divide-line overflow-hidden rounded-panel border border-line bg-surface-1"
            >
              {items.map((customer) => (
                <CustomerRow key={customer.id} customer={customer} />
              ))}
            </ul>
            <p className="mt-2 hidden text-12 text-ink-3 md:block">{t("keys")}</p>
            <Pager
              page={page}
              pages={Math.ceil(total / pageSize)}
              onPage={(to) => void navigate({ search: (now) => ({ ...now, page: to }) })}
              className="mt-4"
            />
          </>
        )}
      </div>
    </>
  );
}

function Nobody() {
  const t = useT(customerPageStrings);
  return (
    <>
      <PageHeader title={t("title")} />
      <EmptyState
        icon={<UsersRound aria-hidden />}
        title={t("empty.title")}
        action={
          <Link to="/bots" className={buttonClass("primary")}>
            {t("empty.action")}
          </Link>
        }
        className="pt-24"
      >
        {t("empty.text")}
      </EmptyState>
    </>
  );
}
