import type { ComponentProps } from "react";
import { cx } from "./cx.ts";
import { controlClass, Field, type FieldTexts } from "./field.tsx";

export interface TextAreaProps extends Omit<ComponentProps<"textarea">, "id">, FieldTexts {
  /** Grows with its text instead of scrolling, up to the height of its container's maximum. */
  grows?: boolean;
  /** Classes of the box itself. */
  boxClassName?: string;
}

export function TextArea({
  label,
  labelHidden,
  hint,
  error,
  grows = false,
  className,
  boxClassName,
  ...rest
}: TextAreaProps) {
  return (
    <Field {...{ label, labelHidden, hint, error, className }}>
      {(control) => (
        <textarea
          dir="auto"
          placeholder=" "
          rows={3}
          {...rest}
          {...control}
          className={cx(
            controlClass,
            "resize-y py-1.5",
            grows && "field-sizing-content resize-none",
            boxClassName,
          )}
        />
      )}
    </Field>
  );
}
