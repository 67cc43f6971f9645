import type { ComponentProps, ReactNode } from "react";
import { cx } from "./cx.ts";
import { controlClass, Field, type FieldTexts } from "./field.tsx";

export interface TextFieldProps extends Omit<ComponentProps<"input">, "id">, FieldTexts {
  /** An icon inside the box, before the text. */
  icon?: ReactNode;
}

export function TextField({ label, labelHidden, hint, error, icon, className, ...rest }: TextFieldProps) {
  return (
    <Field {...{ label, labelHidden, hint, error, className }}>
      {(control) => (
        <div className="relative">
          {icon ? (
            <span className="pointer-events-none absolute inset-y-0 start-2.5 flex items-center text-ink-3">
              {icon}
            </span>
          ) : null}
          <input
            dir="auto"
            placeholder=" "
            {...rest}
            {...control}
            className={cx(controlClass, "h-8", Boolean(icon) && "px-8")}
          />
        </div>
      )}
    </Field>
  );
}
