import { type UseQueryResult, useMutation } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { lazy, Suspense, startTransition, useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { BusinessCalendar } from "../../../lib/models.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import { Button, ConfirmDialog, ErrorState, Panel, Skeleton, toast } from "../../../ui/index.ts";
import { slaSettingsStrings } from "./strings.ts";

const CalendarDialog = lazy(() => import("./calendar-dialog.tsx"));

type Doing = { act: "edit" | "delete"; calendar: BusinessCalendar } | { act: "new" };
type Calendars = Pick<
  UseQueryResult<BusinessCalendar[], Parameters<typeof ErrorState>[0]["error"]>,
  "data" | "error" | "refetch"
>;

/** When somebody works: what service levels count by. */
export function CalendarsPanel({ calendars }: { calendars: Calendars }) {
  const t = useT(slaSettingsStrings);
  const [doing, setDoing] = useState<Doing | null>(null);
  const start = (next: Doing) => startTransition(() => setDoing(next));
  return (
    <Panel
      title={t("calendars.title")}
      description={t("calendars.text")}
      action={
        <Button icon={<Plus className="size-4" aria-hidden />} onClick={() => start({ act: "new" })}>
          {t("calendars.add")}
        </Button>
      }
    >
      {calendars.error ? (
        <ErrorState
          error={calendars.error}
          title={t("calendars.failed")}
          onRetry={() => void calendars.refetch()}
        />
      ) : !calendars.data ? (
        <Skeleton className="h-16" />
      ) : calendars.data.length === 0 ? (
        <p className="text-14 text-ink-2">{t("calendars.none")}</p>
      ) : (
        <ul className="divide-y divide-line rounded-control border border-line">
          {calendars.data.map((calendar) => (
            <CalendarRow key={calendar.id} calendar={calendar} onAct={(act) => start({ act, calendar })} />
          ))}
        </ul>
      )}
      <Suspense>{doing ? <Acts doing={doing} onClose={() => setDoing(null)} /> : null}</Suspense>
    </Panel>
  );
}

function CalendarRow({
  calendar,
  onAct,
}: {
  calendar: BusinessCalendar;
  onAct: (act: "edit" | "delete") => void;
}) {
  const t = useT(slaSettingsStrings);
  const { name, timezone, holidays, policies } = calendar;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-3">
      <div className="min-w-0 grow basis-56">
        <p dir="auto" className="text-match text-14 font-medium [overflow-wrap:anywhere]">
          {name}
        </p>
        <p className="text-13 text-ink-2">
          <bdi>{timezone}</bdi> · {t("holidays", { count: holidays.length })} ·{" "}
          {t("used", { count: policies })}
        </p>
      </div>
      <div className="flex gap-2">
        <Button size="sm" aria-label={t("edit.of", { name })} onClick={() => onAct("edit")}>
          {t("edit")}
        </Button>
        <Button
          size="sm"
          variant="danger"
          aria-label={t("remove.of", { name })}
          onClick={() => onAct("delete")}
        >
          {t("remove")}
        </Button>
      </div>
    </li>
  );
}

function Acts({ doing, onClose }: { doing: Doing; onClose: () => void }) {
  const t = useT(slaSettingsStrings);
  const remove = useMutation(trpc.calendars.delete.mutationOptions());
  if (doing.act === "new") return <CalendarDialog calendar={null} onClose={onClose} />;
  const { calendar } = doing;
  if (doing.act === "edit") return <CalendarDialog calendar={calendar} onClose={onClose} />;
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t("remove.title", { name: calendar.name })}
      description={t("remove.calendar")}
      confirmLabel={t("remove")}
      onConfirm={async () => {
        await remove.mutateAsync({ calendarId: calendar.id });
        toast.done(t("remove.done", { name: calendar.name }));
        await queryClient.invalidateQueries(trpc.calendars.pathFilter());
      }}
    />
  );
}
