import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronsUpDown } from "lucide-react";
import { cx } from "./cx.ts";
import { controlClass, Field, type FieldTexts } from "./field.tsx";
import { popupClass, popupItemClass } from "./popup.ts";

export interface MultiSelectProps<Value extends string> extends FieldTexts {
  values: readonly Value[];
  options: readonly { value: Value; label: string }[];
  /** Said while none is chosen. */
  none: string;
  onChange: (values: Value[]) => void;
  className?: string;
}

/** A choice of several. It stays open while one chooses; what is chosen is said in the options' own order. */
export function MultiSelect<Value extends string>(props: MultiSelectProps<Value>) {
  const { label, labelHidden, hint, error, values, options, none, onChange, className } = props;
  return (
    <Field {...{ label, labelHidden, hint, error, className }}>
      {(control) => (
        <Base.Root multiple value={[...values]} items={options} onValueChange={onChange}>
          <Base.Trigger
            {...control}
            className={cx(controlClass, "flex h-8 items-center justify-between gap-2 text-start")}
          >
            <Base.Value className="truncate">
              {(chosen: readonly Value[]) => {
                const labels = options.flatMap(({ value, label }) => (chosen.includes(value) ? label : []));
                return labels.length > 1 ? `${labels.length} · ${labels.join(", ")}` : (labels[0] ?? none);
              }}
            </Base.Value>
            <Base.Icon className="shrink-0">
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
                {options.map(({ value, label }) => (
                  <Base.Item key={value} value={value} className={popupItemClass}>
                    <Base.ItemText className="grow">{label}</Base.ItemText>
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
