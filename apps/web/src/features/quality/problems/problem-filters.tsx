import { useQuery } from "@tanstack/react-query";
import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import { trpc } from "../../../lib/trpc.ts";
import { cx, SearchField, Select } from "../../../ui/index.ts";
import { qualityRoute, type Status, sorts, statuses, useProblemSearch } from "./problem-search.ts";
import { problemsStrings } from "./strings.ts";

const all = "all";

/** Which problems are listed, and in which order; all of it is in the URL. */
export function ProblemFilters({ counts }: { counts: Record<Status, number> | undefined }) {
  const t = useT(problemsStrings);
  const format = useFormat();
  const navigate = qualityRoute.useNavigate();
  const { status, sort, search, botId } = useProblemSearch();
  const bots = useQuery(trpc.bot.list.queryOptions({ pageSize: 100, sort: "name" }));
  const sum = counts && statuses.reduce((total, each) => total + counts[each], 0);
  const set = (name: "status" | "sort" | "search" | "botId", value: string | undefined) =>
    void navigate({
      search: ({ [name]: _, page: _page, ...now }) => (value === undefined ? now : { ...now, [name]: value }),
      replace: true,
      resetScroll: false,
    });
  return (
    <div className="flex flex-col gap-3">
      <fieldset className="flex flex-wrap gap-1">
        <legend className="sr-only">{t("filter.status")}</legend>
        {[undefined, ...statuses].map((each) => (
          <button
            key={each ?? all}
            type="button"
            aria-pressed={status === each}
            onClick={() => set("status", each)}
            className={cx(
              "inline-flex h-8 items-center gap-1.5 rounded-control border px-2.5 text-13 font-medium",
              status === each
                ? "border-accent bg-surface-2 text-ink-1"
                : "border-line bg-surface-1 text-ink-2 hover:bg-surface-2",
            )}
          >
            {each === undefined ? t("filter.all") : t(`status.${each}`)}
            <span className="text-12 text-ink-3 tabular-nums">
              {counts ? format.number(each === undefined ? (sum ?? 0) : counts[each]) : null}
            </span>
          </button>
        ))}
      </fieldset>
      <div className="flex flex-wrap gap-3">
        <SearchField
          label={t("filter.search")}
          search={search}
          onSearch={(wanted) => set("search", wanted)}
          className="grow basis-full sm:basis-56"
        />
        <Select
          label={t("filter.bot")}
          labelHidden
          value={botId ?? all}
          options={[
            { value: all, label: t("filter.allBots") },
            ...(bots.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(value) => set("botId", value === all ? undefined : value)}
          className="min-w-40 grow sm:grow-0"
        />
        <Select
          label={t("sort.label")}
          labelHidden
          value={sort}
          options={sorts.map((value) => ({ value, label: t(`sort.${value}`) }))}
          onChange={(value) => set("sort", value === "occurrences" ? undefined : value)}
          className="min-w-40 grow sm:grow-0"
        />
      </div>
    </div>
  );
}
