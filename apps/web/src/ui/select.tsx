import { Select as Base } from "@base-ui/react/select";
import { Field, type FieldTexts } from "./field.tsx";
import { SelectParts } from "./select-parts.tsx";

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
          <SelectParts control={control} options={options}>
            <Base.Value />
          </SelectParts>
        </Base.Root>
      )}
    </Field>
  );
}
