import { Plus, X } from "lucide-react";
import { useT } from "../../../lib/i18n.ts";
import { DateField } from "../../../ui/date-field.tsx";
import { Button, IconButton, TextField } from "../../../ui/index.ts";
import { slaSettingsStrings } from "./strings.ts";

interface Holiday {
  date: string;
  name: string;
}

/** Days on which nobody works. */
export function HolidayFields({
  holidays,
  onChange,
}: {
  holidays: Holiday[];
  onChange: (holidays: Holiday[]) => void;
}) {
  const t = useT(slaSettingsStrings);
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="pb-1 text-13 font-medium">{t("holidays.title")}</legend>
      {holidays.map((holiday, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a date that is being written is no name yet
        <div key={index} className="flex items-center gap-1.5">
          <DateField
            label={t("holiday.date")}
            labelHidden
            value={holiday.date}
            onChange={(event) => onChange(holidays.with(index, { ...holiday, date: event.target.value }))}
          />
          <TextField
            label={t("holiday.name")}
            labelHidden
            maxLength={100}
            value={holiday.name}
            onChange={(event) => onChange(holidays.with(index, { ...holiday, name: event.target.value }))}
            className="min-w-0 grow"
          />
          <IconButton
            size="sm"
            label={t("holiday.remove")}
            icon={<X className="size-4" aria-hidden />}
            onClick={() => onChange(holidays.toSpliced(index, 1))}
          />
        </div>
      ))}
      <Button
        size="sm"
        className="self-start"
        icon={<Plus className="size-4" aria-hidden />}
        onClick={() => onChange([...holidays, { date: "", name: "" }])}
      >
        {t("holiday.add")}
      </Button>
    </fieldset>
  );
}
