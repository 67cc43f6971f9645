import { Tooltip as Base } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";
import { popupClass, popupLayer } from "./popup.ts";

/** A short text on hover and focus. The child is one focusable element that already has its own name. */
export function Tooltip({
  text,
  children,
}: {
  text: ReactNode;
  children: ReactElement<Record<string, unknown>>;
}) {
  return (
    <Base.Root>
      <Base.Trigger render={children} delay={400} />
      <Base.Portal container={popupLayer()}>
        <Base.Positioner sideOffset={6} className="z-30">
          <Base.Popup className={`${popupClass} max-w-72 px-2 py-1 text-12 text-ink-1`}>{text}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
