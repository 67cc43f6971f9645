import { CircleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";
import { cx } from "./cx.ts";

export const controlClass =
  "w-full rounded-control border border-line-strong bg-surface-1 px-2.5 text-14 text-ink-1 transition-colors " +
  "hover:border-ink-3 focus-visible:outline-offset-0 disabled:bg-surface-2 disabled:text-ink-3 aria-invalid:border-bad";

export interface FieldTexts {
  label: string;
  /** Keeps the label for screen readers only; for search boxes and composers. */
  labelHidden?: boolean | undefined;
  hint?: ReactNode;
  error?: string | null | undefined;
}

/** What ties a control to its field's label, hint and error. */
export interface FieldControl {
  id: string;
  "aria-invalid": true | undefined;
  "aria-describedby": string | undefined;
}

interface FieldProps extends FieldTexts {
  children: (control: FieldControl) => ReactNode;
  className?: string | undefined;
}

/** Label, control, hint and error, tied together for assistive technology. */
export function Field({ label, labelHidden, hint, error, className, children }: FieldProps) {
  const id = useId();
  const note = error ? `${id}-error` : hint ? `${id}-hint` : undefined;
  return (
    <div className={cx("flex flex-col gap-1", className)}>
      <label htmlFor={id} className={labelHidden ? "sr-only" : "text-13 font-medium text-ink-1"}>
        {label}
      </label>
      {children({ id, "aria-invalid": error ? true : undefined, "aria-describedby": note })}
      {error ? (
        <p id={note} className="flex items-start gap-1.5 text-13 text-bad">
          <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
          {error}
        </p>
      ) : hint ? (
        <div id={note} className="text-13 text-ink-3">
          {hint}
        </div>
      ) : null}
    </div>
  );
}
