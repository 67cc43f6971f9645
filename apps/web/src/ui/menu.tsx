import { Menu as Base } from "@base-ui/react/menu";
import type { ReactElement, ReactNode } from "react";
import { cx } from "./cx.ts";
import { popupClass, popupItemClass } from "./popup.ts";

export interface MenuItem {
  label: string;
  icon?: ReactNode;
  onSelect: () => void;
  danger?: boolean;
  disabled?: boolean;
}

/** A list of actions behind a button. The trigger is one button element with its own name. */
export function Menu({
  trigger,
  items,
  header,
  side = "bottom",
}: {
  trigger: ReactElement<Record<string, unknown>>;
  items: readonly MenuItem[];
  header?: ReactNode;
  side?: "bottom" | "top" | "inline-end";
}) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner side={side} align="end" sideOffset={4} className="z-30">
          <Base.Popup className={cx(popupClass, "min-w-44 p-1")}>
            {header ? <div className="mb-1 border-b border-line px-2 py-1.5">{header}</div> : null}
            {items.map((item) => (
              <Base.Item
                key={item.label}
                disabled={item.disabled ?? false}
                onClick={item.onSelect}
                className={cx(popupItemClass, item.danger && "text-bad!")}
              >
                {item.icon}
                {item.label}
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
