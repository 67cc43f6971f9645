import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronsUpDown } from "lucide-react";
import { cx } from "./cx.ts";
import { controlClass, Field, type FieldTexts } from "./field.tsx";
import { popupClass, popupItemClass } from "./popup.ts";

export interface SelectProps<Value extends string> extends FieldTexts {
  value: Value;
  options: readonly { value: Value; label: string; disabled?: boolean }[];
  onChange: (value: Value) => void;
  disabled?: boolean;
  className?: string;
}

export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, labelHidden, hint, error, value, options, onChange, disabled, className } = props;
  return (
    <Field {...{ label, labelHidden, hint, error, className }}>
      {(control) => (
        <Base.Root
          value={value}
          items={options}
          disabled={disabled}
          onValueChange={(next) => {
            if (next !== null) onChange(next);
          }}
        >
          <Base.Trigger
            {...control}
            className={cx(controlClass, "flex h-8 items-center justify-between gap-2 text-start")}
          >
            <Base.Value />
            <Base.Icon>
              <ChevronsUpDown className="size-4 text-ink-3" aria-hidden />
            </Base.Icon>
          </Base.Trigger>
          <Base.Portal>
            <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-30">
              <Base.Popup
                className={cx(
                  popupClass,
                  "max-h-(--available-height) min-w-(--anchor-width) overflow-auto p-1",
                )}
              >
                {options.map((option) => (
                  <Base.Item
                    key={option.value}
                    value={option.value}
                    disabled={option.disabled ?? false}
                    className={popupItemClass}
                  >
                    <Base.ItemText className="grow">{option.label}</Base.ItemText>
                    <Base.ItemIndicator>
                      <Check className="size-4 text-accent" aria-hidden />
                    </Base.ItemIndicator>
                  </Base.Item>
                ))}
              </Base.Popup>
            </Base.Positioner>
          </Base.Portal>
        </Base.Root>
      )}
    </Field>
  );
}
