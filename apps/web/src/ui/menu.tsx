import { lazy, type ReactElement, type ReactNode } from "react";
import { PopupOnDemand } from "./popup-on-demand.tsx";

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

/** A list of actions behind a button. */
export function Menu(props: MenuProps) {
  return (
    <PopupOnDemand trigger={props.trigger} load={load}>
      <MenuPopup {...props} />
    </PopupOnDemand>
  );
}
