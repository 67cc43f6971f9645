import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { BusinessCalendar } from "../../../lib/models.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import { explainError, FormDialog, TextField, toast, uiStrings } from "../../../ui/index.ts";
import { HolidayFields } from "./holiday-fields.tsx";
import { slaSettingsStrings } from "./strings.ts";
import { isTimeZone, officeHours, weekOf } from "./week.ts";
import { WeekFields } from "./week-fields.tsx";

const zonesId = "time-zones";

/** New business hours, or other ones. */
export default function CalendarDialog({
  calendar,
  onClose,
}: {
  calendar: BusinessCalendar | null;
  onClose: () => void;
}) {
  const t = useT(slaSettingsStrings);
  const ui = useT(uiStrings);
  const [hours, setHours] = useState(() => (calendar ? weekOf(calendar.hours) : officeHours()));
  const [holidays, setHolidays] = useState(() => (calendar?.holidays ?? []).map((day) => ({ ...day })));
  const [wrong, setWrong] = useState<{ name: boolean; zone: boolean }>({ name: false, zone: false });
  const saved = {
    async onSuccess({ name }: BusinessCalendar) {
      toast.done(t("saved", { name }));
      onClose();
      await queryClient.invalidateQueries(trpc.calendars.pathFilter());
    },
  };
  const create = useMutation(trpc.calendars.create.mutationOptions(saved));
  const update = useMutation(trpc.calendars.update.mutationOptions(saved));
  const save = calendar ? update : create;

  function submit(values: FormData) {
    const name = String(values.get("name") ?? "").trim();
    const timezone = String(values.get("zone") ?? "").trim();
    const next = { name: name === "", zone: !isTimeZone(timezone) };
    setWrong(next);
    if (next.name || next.zone) return;
    const fields = { name, timezone, hours, holidays: holidays.filter(({ date }) => date !== "") };
    if (calendar) update.mutate({ calendarId: calendar.id, version: calendar.version, ...fields });
    else create.mutate(fields);
  }

  return (
    <FormDialog
      onClose={onClose}
      title={t(calendar ? "calendars.change" : "calendars.new")}
      submitLabel={t("save")}
      pending={save.isPending}
      failure={save.isError ? t("not.saved", { reason: explainError(save.error, ui) }) : null}
      onSubmit={submit}
    >
      <TextField
        label={t("name")}
        name="name"
        maxLength={60}
        defaultValue={calendar?.name}
        error={wrong.name ? t("name.missing") : null}
      />
      <TextField
        label={t("zone")}
        name="zone"
        dir="ltr"
        list={zonesId}
        maxLength={60}
        defaultValue={calendar?.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone}
        hint={t("zone.hint")}
        error={wrong.zone ? t("zone.wrong") : null}
      />
      <datalist id={zonesId}>
        {Intl.supportedValuesOf("timeZone").map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      <WeekFields hours={hours} onChange={setHours} />
      <HolidayFields holidays={holidays} onChange={setHolidays} />
    </FormDialog>
  );
}
