import { Plus, X } from "lucide-react";
import { useLanguage, useT } from "../../../lib/i18n.ts";
import { IconButton, TextField } from "../../../ui/index.ts";
import { slaSettingsStrings } from "./strings.ts";
import { type Opening, type Week, weekdayName, weekdays } from "./week.ts";

/** The hours of each day of a week. A day without any is closed. */
export function WeekFields({ hours, onChange }: { hours: Week; onChange: (hours: Week) => void }) {
  const t = useT(slaSettingsStrings);
  const language = useLanguage();
  return (
    <fieldset>
      <legend className="pb-1 text-13 font-medium">{t("week")}</legend>
      <ul className="divide-y divide-line">
        {weekdays.map((day) => {
          const name = weekdayName(day, language);
          const openings = hours[day];
          const set = (next: Opening[]) => onChange({ ...hours, [day]: next });
          return (
            <li key={day} className="flex flex-col gap-1.5 py-1.5">
              <div className="flex items-center gap-2 text-13">
                <span>{name}</span>
                {openings.length === 0 ? <span className="text-ink-3">{t("closed")}</span> : null}
                <IconButton
                  size="sm"
                  label={t("hours.add", { day: name })}
                  icon={<Plus className="size-4" aria-hidden />}
                  disabled={openings.length >= 6 || openings.at(-1)?.to === "24:00"}
                  onClick={() => set([...openings, after(openings.at(-1))])}
                  className="ms-auto"
                />
              </div>
              {openings.map((opening, index) => (
                <OpeningFields
                  // biome-ignore lint/suspicious/noArrayIndexKey: hours have no name but their place
                  key={index}
                  day={name}
                  opening={opening}
                  onChange={(next) => set(next ? openings.with(index, next) : openings.toSpliced(index, 1))}
                />
              ))}
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}

/** What follows hours that there are: until the end of the day, to be changed. */
function after(last: Opening | undefined): Opening {
  return last ? { from: last.to, to: "24:00" } : { from: "09:00", to: "17:00" };
}

function OpeningFields({
  day,
  opening: { from, to },
  onChange,
}: {
  day: string;
  opening: Opening;
  onChange: (opening: Opening | null) => void;
}) {
  const t = useT(slaSettingsStrings);
  return (
    <div className="flex items-center gap-1.5">
      <TextField
        className="min-w-0 grow"
        label={t("from", { day })}
        labelHidden
        type="time"
        value={from}
        onChange={(event) => onChange({ from: event.target.value, to })}
      />
      <span aria-hidden>–</span>
      <TextField
        className="min-w-0 grow"
        label={t("to", { day })}
        labelHidden
        type="time"
        value={to === "24:00" ? "00:00" : to} // a clock shows the day's end as the next one's beginning
        onChange={(event) => {
          const end = event.target.value;
          onChange({ from, to: end === "00:00" ? "24:00" : end });
        }}
      />
      <IconButton
        size="sm"
        label={t("hours.remove", { day })}
        icon={<X className="size-4" aria-hidden />}
        onClick={() => onChange(null)}
      />
    </div>
  );
}
