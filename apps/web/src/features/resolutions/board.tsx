import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, type RefObject, useId, useRef } from "react";
import { useT } from "../../lib/i18n.ts";
import { trpc } from "../../lib/trpc.ts";
import { cx, Skeleton, toast } from "../../ui/index.ts";
import { BoardCard } from "./board-card.tsx";
import { type Resolution, type Status, statuses } from "./statuses.ts";
import { resolutionStrings } from "./strings.ts";
import { useResolutionActs } from "./use-resolution-acts.ts";

/** Cards that a column shows; the others are found by searching. */
const cardsShown = 50;

/** A column for each status; on a phone one list, by status. */
export function Board({ search, openId }: { search: string | undefined; openId: string | undefined }) {
  const t = useT(resolutionStrings);
  const keysId = useId();
  const board = useRef<HTMLDivElement>(null);
  const { update } = useResolutionActs();
  /** The card that is on its way to another column, where it has the focus again. */
  const moving = useRef<string | null>(null);
  const move = (resolution: Resolution, to: Status | undefined) => {
    if (to === undefined) return;
    const status = t(`status.${to}`);
    if (!resolution.allowed.includes(to)) {
      toast.failed(t("moved.not", { status }));
      return;
    }
    moving.current = resolution.id;
    update.mutate(
      { resolutionId: resolution.id, status: to, version: resolution.version },
      { onSuccess: () => toast.done(t("moved", { status })) },
    );
  };
  const onKey = (event: KeyboardEvent, resolution: Resolution) => {
    const step = stepOf(event);
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const column = statuses.indexOf(resolution.status);
    if (event.shiftKey) move(resolution, step.columns === 0 ? undefined : statuses[column + step.columns]);
    else focusNear(board.current, resolution, step);
  };
  return (
    <div ref={board}>
      <p id={keysId} className="hidden px-4 pt-3 text-12 text-ink-3 md:block">
        {t("keys")}
      </p>
      <section
        aria-label={t("board")}
        aria-describedby={keysId}
        className="flex flex-col gap-4 p-4 md:flex-row md:items-start md:gap-3"
      >
        {statuses.map((status) => (
          <Column key={status} {...{ status, search, openId, moving, onKey }} />
        ))}
      </section>
    </div>
  );
}

function Column({
  status,
  search,
  openId,
  moving,
  onKey,
}: {
  status: Status;
  search: string | undefined;
  openId: string | undefined;
  moving: RefObject<string | null>;
  onKey: (event: KeyboardEvent, resolution: Resolution) => void;
}) {
  const t = useT(resolutionStrings);
  const headingId = useId();
  const { data } = useQuery(
    trpc.resolutions.list.queryOptions({
      status: [status],
      pageSize: cardsShown,
      ...(search ? { search } : {}),
    }),
  );
  const total = data?.meta.totalItems ?? 0;
  return (
    <section
      aria-labelledby={headingId}
      className={cx(
        "flex flex-col gap-2 md:min-w-48 md:grow md:basis-0 md:rounded-panel md:bg-surface-2 md:p-2",
        data && total === 0 && "max-md:hidden",
      )}
    >
      <h2 id={headingId} className="flex items-center justify-between px-1 text-13 font-semibold text-ink-2">
        {t(`status.${status}`)}
        <span className="text-12 font-normal text-ink-3">{data ? total : null}</span>
      </h2>
      {data === undefined ? <Skeleton className="h-20" /> : null}
      <ul data-column={status} className="flex flex-col gap-2 empty:hidden">
        {data?.items.map((resolution) => (
          <BoardCard
            key={resolution.id}
            resolution={resolution}
            isOpen={resolution.id === openId}
            moving={moving}
            onKey={(event) => onKey(event, resolution)}
          />
        ))}
      </ul>
      {data && total === 0 ? <p className="px-1 pb-1 text-12 text-ink-3">{t("column.empty")}</p> : null}
      {data && total > data.items.length ? (
        <p className="px-1 text-12 text-ink-3">{t("column.more", { count: total - data.items.length })}</p>
      ) : null}
    </section>
  );
}

interface Step {
  columns: number;
  rows: number;
}

/** Where an arrow key leads; sideways as the columns are read. */
function stepOf({ key }: KeyboardEvent): Step | undefined {
  const onward = document.documentElement.dir === "rtl" ? -1 : 1;
  switch (key) {
    case "ArrowDown":
      return { columns: 0, rows: 1 };
    case "ArrowUp":
      return { columns: 0, rows: -1 };
    case "ArrowRight":
      return { columns: onward, rows: 0 };
    case "ArrowLeft":
      return { columns: -onward, rows: 0 };
  }
}

/** The next card that way: in the same column, or in the next one that has any, at the same height. */
function focusNear(board: HTMLElement | null, from: Resolution, step: Step): void {
  const columns = statuses.map((status) => [
    ...(board?.querySelectorAll<HTMLElement>(`[data-column=${status}] a`) ?? []),
  ]);
  const column = statuses.indexOf(from.status);
  const row = columns[column]?.findIndex((card) => card.dataset.id === from.id) ?? -1;
  if (step.columns === 0) {
    columns[column]?.[row + step.rows]?.focus();
    return;
  }
  for (let next = column + step.columns; next >= 0 && next < columns.length; next += step.columns) {
    const cards = columns[next] ?? [];
    const card = cards[Math.min(row, cards.length - 1)];
    if (card) {
      card.focus();
      return;
    }
  }
}
