import { Select as Base } from "@base-ui/react/select";
import { Field, type FieldTexts } from "./field.tsx";
import { SelectParts } from "./select-parts.tsx";

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
          <SelectParts control={control} options={options}>
            <Base.Value className="truncate">
              {(chosen: readonly Value[]) => {
                const labels = options.flatMap(({ value, label }) => (chosen.includes(value) ? label : []));
                return labels.length > 1 ? `${labels.length} · ${labels.join(", ")}` : (labels[0] ?? none);
              }}
            </Base.Value>
          </SelectParts>
        </Base.Root>
      )}
    </Field>
  );
}
