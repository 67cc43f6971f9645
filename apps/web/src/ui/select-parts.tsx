import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronsUpDown } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import { controlClass, type FieldControl } from "./field.tsx";
import { popupClass, popupItemClass } from "./popup.ts";

/** What one chooses by and among, whether one or several may be chosen. Stands in the root of a select. */
export function SelectParts<Value extends string>({
  control,
  children,
  options,
}: {
  control: FieldControl;
  /** What says which is chosen. */
  children: ReactNode;
  options: readonly { value: Value; label: string; disabled?: boolean }[];
}) {
  return (
    <>
      <Base.Trigger
        {...control}
        className={cx(controlClass, "flex h-8 items-center justify-between gap-2 text-start")}
      >
        {children}
        <Base.Icon className="shrink-0">
          <ChevronsUpDown className="size-4 text-ink-3" aria-hidden />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-30">
          <Base.Popup
            className={cx(popupClass, "max-h-(--available-height) min-w-(--anchor-width) overflow-auto p-1")}
          >
            {options.map(({ value, label, disabled = false }) => (
              <Base.Item key={value} value={value} disabled={disabled} className={popupItemClass}>
                <Base.ItemText className="grow">{label}</Base.ItemText>
                <Base.ItemIndicator>
                  <Check className="size-4 text-accent" aria-hidden />
                </Base.ItemIndicator>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </>
  );
}
