import { type RefObject, useEffect } from "react";

/**
 * J and K (and the arrows) walk over a list's links, `/` goes to the search. Nothing happens while somebody types or a
 * dialog is open.
 */
export function useListKeys(list: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { target, key } = event;
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (target instanceof HTMLElement && ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName)) return;
      if (document.querySelector("[role=dialog], [role=alertdialog], [role=menu], [role=listbox]")) return;
      if (key === "/") {
        event.preventDefault();
        document.querySelector<HTMLElement>("main input[type=search]")?.focus();
        return;
      }
      const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[key];
      const links = [...(list.current?.querySelectorAll("a") ?? [])];
      if (step === undefined || links.length === 0) return;
      event.preventDefault();
      const focused = document.activeElement;
      const at = focused instanceof HTMLAnchorElement ? links.indexOf(focused) : -1;
      links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + step))]?.focus();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [list]);
}
