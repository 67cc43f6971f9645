import { useT } from "../../lib/i18n.ts";
import { DateField } from "../../ui/date-field.tsx";
import { Select } from "../../ui/index.ts";
import { audiences, type Preset, presets, type Range } from "./range.ts";
import { analyticsStrings } from "./strings.ts";

/** Which days, and whose questions. Days of one's own start as those that are shown. */
export function RangePicker({
  range,
  shown,
  onChange,
}: {
  range: Range;
  shown: { startDate: string; endDate: string } | null;
  onChange: (range: Range) => void;
}) {
  const t = useT(analyticsStrings);
  const choose = (preset: Preset) =>
    onChange({
      ...range,
      preset,
      from: preset === "custom" ? (shown?.startDate ?? "") : "",
      to: preset === "custom" ? (shown?.endDate ?? "") : "",
    });
  return (
    <div className="flex flex-wrap items-end gap-3">
      <Select
        label={t("range.label")}
        labelHidden
        className="grow basis-36 sm:max-w-44"
        value={range.preset}
        options={presets.map((value) => ({ value, label: t(`range.${value}`) }))}
        onChange={choose}
      />
      {range.preset === "custom" ? (
        <>
          <DateField
            label={t("range.from")}
            className="grow basis-36 sm:max-w-40"
            value={range.from}
            max={range.to}
            onChange={({ target }) => onChange({ ...range, from: target.value })}
          />
          <DateField
            label={t("range.to")}
            className="grow basis-36 sm:max-w-40"
            value={range.to}
            min={range.from}
            onChange={({ target }) => onChange({ ...range, to: target.value })}
          />
        </>
      ) : null}
      <Select
        label={t("audience.label")}
        labelHidden
        className="grow basis-36 sm:max-w-44"
        value={range.audience}
        options={audiences.map((value) => ({ value, label: t(`audience.${value}`) }))}
        onChange={(audience) => onChange({ ...range, audience })}
      />
    </div>
  );
}
