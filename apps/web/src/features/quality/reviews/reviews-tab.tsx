import { keepPreviousData, skipToken, useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { ListChecks } from "lucide-react";
import { useEffect, useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { trpc } from "../../../lib/trpc.ts";
import { Button, EmptyState, ErrorState, Pager, Select, Skeleton } from "../../../ui/index.ts";
import { inputOf, localTimeZone, rangeOf, searchOfRange } from "../../analytics/range.ts";
import { RangePicker } from "../../analytics/range-picker.tsx";
import { BotPicker } from "../bot-picker.tsx";
import { ReviewList } from "./review-list.tsx";
import { choiceOf, filterOf, onlys, shows, sorts } from "./review-search.ts";
import { ReviewView } from "./review-view.tsx";
import { reviewStrings } from "./strings.ts";

const route = getRouteApi("/signed-in/quality");

/** Answers one after another beside their sources, to be judged by a person. Choices are in the address. */
export default function ReviewsTab() {
  const t = useT(reviewStrings);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const range = rangeOf(search);
  const choice = choiceOf(search);
  const days = inputOf(range, localTimeZone());
  const { botId } = search;
  const { data, error, isError, refetch } = useQuery(
    trpc.qualityAssurance.list.queryOptions(
      days ? { ...days, ...filterOf(choice), ...(botId ? { botId } : {}) } : skipToken,
      { placeholderData: keepPreviousData, staleTime: 60_000 },
    ),
  );
  const [chosenId, setChosenId] = useState<string | null>(null);
  const items = data?.items ?? [];
  const chosen = items.find(({ id }) => id === chosenId) ?? items[0];
  const at = chosen ? items.indexOf(chosen) : -1;
  const go = (by: number) => setChosenId(items[at + by]?.id ?? chosen?.id ?? null);
  const set = (change: { status?: string; only?: string; sort?: string; page?: number }) =>
    void navigate({
      search: ({ page: _page, ...rest }) => ({ ...rest, ...change }),
      replace: true,
      resetScroll: false,
    });
  // a page that was emptied by reviewing it leads to what is left
  useEffect(() => {
    if (data && data.items.length === 0 && choice.page > 1) set({ page: data.meta.totalPages });
  });
  return (
    <>
      <div className="flex flex-wrap items-end gap-3 [&>div:first-child]:contents">
        <RangePicker
          range={range}
          shown={null}
          onChange={(next) =>
            void navigate({
              search: ({ range: _r, from: _f, to: _t, audience: _a, page: _p, ...rest }) => ({
                ...rest,
                ...searchOfRange(next),
              }),
              replace: true,
              resetScroll: false,
            })
          }
        />
        <BotPicker />
        <Select
          label={t("show.label")}
          labelHidden
          className="grow basis-36 sm:max-w-44"
          value={choice.show}
          options={shows.map((value) => ({ value, label: t(`show.${value}`) }))}
          onChange={(status) => set({ status })}
        />
        <Select
          label={t("only.label")}
          labelHidden
          className="grow basis-44 sm:max-w-56"
          value={choice.only}
          options={onlys.map((value) => ({ value, label: t(`only.${value}`) }))}
          onChange={(only) => set({ only })}
        />
        <Select
          label={t("sort.label")}
          labelHidden
          className="grow basis-44 sm:max-w-52"
          value={choice.sort}
          options={sorts.map((value) => ({ value, label: t(`sort.${value}`) }))}
          onChange={(sort) => set({ sort })}
        />
      </div>
      {isError ? (
        <ErrorState error={error} title={t("failed")} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <div role="status" aria-label={t("loading")}>
          <Skeleton className="h-72" />
        </div>
      ) : chosen === undefined ? (
        <EmptyState
          icon={<ListChecks aria-hidden />}
          title={t("empty.title")}
          action={
            <Button variant="primary" onClick={() => set({ status: "any", only: "all" })}>
              {t("empty.action")}
            </Button>
          }
        >
          {t("empty.text")}
        </EmptyState>
      ) : (
        <div className="grid items-start gap-4 lg:grid-cols-[20rem_minmax(0,1fr)]">
          <div className="order-last flex flex-col gap-3 lg:order-first">
            <ReviewList items={items} chosenId={chosen.id} onChoose={setChosenId} />
            <Pager page={choice.page} pages={data.meta.totalPages} onPage={(page) => set({ page })} />
          </div>
          <ReviewView
            key={chosen.id}
            item={chosen}
            onGo={go}
            hasNext={at < items.length - 1}
            hasPrevious={at > 0}
          />
        </div>
      )}
    </>
  );
}
