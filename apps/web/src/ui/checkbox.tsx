import type { ComponentProps, ReactNode } from "react";

export interface CheckboxProps extends Omit<ComponentProps<"input">, "type" | "className"> {
  label: ReactNode;
}

/** A yes or no in a form. */
export function Checkbox({ label, ...input }: CheckboxProps) {
  return (
    <label className="flex items-start gap-2 text-14 has-disabled:text-ink-3">
      <input type="checkbox" className="mt-1 accent-accent-fill" {...input} />
      <span>{label}</span>
    </label>
  );
}
