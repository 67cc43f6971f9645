import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import { TextField } from "../../../ui/index.ts";
import { widgetStrings } from "./strings.ts";
import { contrastWithWhite, readableContrast } from "./widget-draft.ts";

/** A colour, picked or typed, with what it means for reading. */
export function ColorField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const t = useT(widgetStrings);
  const format = useFormat();
  const contrast = contrastWithWhite(value);
  const ratio = contrast === null ? "" : format.number(Math.round(contrast * 10) / 10);
  return (
    <div className="flex items-start gap-2">
      <input
        type="color"
        aria-label={t("color.pick")}
        value={contrast === null ? "#000000" : value.toLowerCase()}
        onChange={({ target }) => onChange(target.value)}
        className="mt-6 h-8 w-10 shrink-0 cursor-pointer rounded-control border border-line-strong bg-surface-1 p-0.5"
      />
      <TextField
        label={t("color")}
        className="grow"
        dir="ltr"
        spellCheck={false}
        maxLength={7}
        value={value}
        onChange={({ target }) => onChange(target.value.trim())}
        error={contrast === null ? t("color.invalid") : null}
        hint={
          contrast !== null && contrast < readableContrast ? (
            <span className="text-warn">{t("color.pale", { ratio })}</span>
          ) : (
            t("color.good", { ratio })
          )
        }
      />
    </div>
  );
}
