import { Menu as Base } from "@base-ui/react/menu";
import { cx } from "./cx.ts";
import type { MenuProps } from "./menu.tsx";
import { popupClass, popupItemClass, popupLayer } from "./popup.ts";

/** The working menu; open when it appears, because a click brought it. */
export default function MenuPopup({ trigger, items, header, side = "bottom" }: MenuProps) {
  return (
    <Base.Root defaultOpen>
      <Base.Trigger render={trigger} />
      <Base.Portal container={popupLayer()}>
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
