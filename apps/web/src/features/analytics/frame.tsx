import { ChartColumn } from "lucide-react";
import type { ReactNode } from "react";
import { useT } from "../../lib/i18n.ts";
import { EmptyState, ErrorState, Skeleton } from "../../ui/index.ts";
import type { Figures, Range } from "./range.ts";
import { RangePicker } from "./range-picker.tsx";
import { analyticsStrings } from "./strings.ts";

type Shown = Pick<Figures, "range" | "totals" | "previous">;

/** The choice of days, and below it what they hold: figures, nothing yet, waiting, or what went wrong. */
export function Frame<Data extends Shown>({
  range,
  onChange,
  query,
  emptyAction,
  children,
}: {
  range: Range;
  onChange: (range: Range) => void;
  query: {
    data: Data | undefined;
    error: unknown;
    isError: boolean;
    isFetching: boolean;
    refetch: () => unknown;
  };
  /** What to do where nobody has asked anything. */
  emptyAction: ReactNode;
  children: (data: Data) => ReactNode;
}) {
  const t = useT(analyticsStrings);
  const { data, error, isError, isFetching, refetch } = query;
  const isWhole = range.preset !== "custom" || (range.from !== "" && range.to !== "");
  return (
    // what only screen readers see stays within, so that the page does not grow by it
    <div className="relative flex flex-col gap-4">
      <RangePicker range={range} shown={data?.range ?? null} onChange={onChange} />
      {isError ? (
        <ErrorState error={error} title={t("failed")} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        isWhole ? (
          <Waiting />
        ) : (
          <p className="text-13 text-ink-2">{t("range.incomplete")}</p>
        )
      ) : data.totals.queries === 0 && data.previous.queries === 0 ? (
        <EmptyState icon={<ChartColumn aria-hidden />} title={t("empty.title")} action={emptyAction}>
          {t("empty.text")}
        </EmptyState>
      ) : (
        <div aria-busy={isFetching}>{children(data)}</div>
      )}
    </div>
  );
}

function Waiting() {
  const t = useT(analyticsStrings);
  return (
    <div role="status" aria-label={t("loading")} className="flex flex-col gap-4">
      <Skeleton className="h-28" />
      <Skeleton className="h-72" />
      <Skeleton className="h-40" />
    </div>
  );
}
