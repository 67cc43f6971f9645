import { cloneElement, type ReactElement, type ReactNode, Suspense, startTransition, useState } from "react";

interface PopupOnDemandProps {
  /** One button element with its own name. */
  trigger: ReactElement<Record<string, unknown>>;
  /** Fetches the code of `children`. */
  load: () => Promise<unknown>;
  /** The same button with its popup, which is open when it first appears: a lazy component. */
  children: ReactNode;
}

/**
 * A button whose popup's code is fetched when the button is hovered or focused, so that pages start without
 * it; the first click opens it.
 */
export function PopupOnDemand({ trigger, load, children }: PopupOnDemandProps) {
  const [used, setUsed] = useState(false);
  const plain = cloneElement(trigger, {
    "aria-haspopup": "menu",
    "aria-expanded": false,
    onPointerEnter: load,
    onFocus: load,
    // A transition keeps the button as it is until the popup can be shown.
    onClick: () => startTransition(() => setUsed(true)),
  });
  return <Suspense fallback={plain}>{used ? children : plain}</Suspense>;
}
