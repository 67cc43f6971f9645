import {
  cloneElement,
  lazy,
  type ReactElement,
  type ReactNode,
  Suspense,
  startTransition,
  useState,
} from "react";

export interface MenuItem {
  label: string;
  icon?: ReactNode;
  onSelect: () => void;
  danger?: boolean;
  disabled?: boolean;
}

export interface MenuProps {
  /** One button element with its own name. */
  trigger: ReactElement<Record<string, unknown>>;
  items: readonly MenuItem[];
  header?: ReactNode;
  side?: "bottom" | "top" | "inline-end";
}

const load = () => import("./menu-popup.tsx");
const MenuPopup = lazy(load);

/**
 * A list of actions behind a button. The menu's code is fetched when the button is hovered or focused, so
 * that pages with menus start without it; the first click opens it.
 */
export function Menu(props: MenuProps) {
  const [used, setUsed] = useState(false);
  const plain = cloneElement(props.trigger, {
    "aria-haspopup": "menu",
    "aria-expanded": false,
    onPointerEnter: load,
    onFocus: load,
    // A transition keeps the button as it is until the menu can be shown.
    onClick: () => startTransition(() => setUsed(true)),
  });
  return <Suspense fallback={plain}>{used ? <MenuPopup {...props} /> : plain}</Suspense>;
}
