import { useLanguage } from "../lib/i18n.ts";
import { type Language, localeOf } from "../lib/preferences.ts";
import { TextField, type TextFieldProps } from "./text-field.tsx";

interface DateFieldProps extends Omit<TextFieldProps, "type" | "value" | "hint"> {
  /** As the field has it: `2026-05-01`, or `2026-05-01T09:30` with the time; empty for none. */
  value: string;
  /** A day and a time of the reader's own, and not only a day. */
  withTime?: boolean;
}

/**
 * A day to choose. Browsers write it in their own language, whatever the page's is: so it stands in words of the console's
 * language in the label, or below the field where the label is hidden.
 */
export function DateField({ value, withTime = false, label, labelHidden, ...rest }: DateFieldProps) {
  const words = inWords(value, withTime, useLanguage());
  return (
    <TextField
      {...rest}
      type={withTime ? "datetime-local" : "date"}
      value={value}
      label={words && !labelHidden ? `${label}: ${words}` : label}
      labelHidden={labelHidden}
      hint={labelHidden ? words : undefined}
    />
  );
}

/** Null for what is no day yet. */
function inWords(value: string, withTime: boolean, language: Language): string | null {
  const date = new Date(withTime ? value : `${value}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return null;
  const options = withTime ? ({ timeStyle: "short" } as const) : { timeZone: "UTC" };
  return date.toLocaleString(localeOf(language), { dateStyle: "long", ...options });
}
