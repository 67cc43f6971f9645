/** The look of everything that floats: menus, selects, tooltips, previews. */
export const popupClass = "appear rounded-panel border border-line bg-surface-1 shadow-float outline-none";

/**
 * Where menus, tooltips and previews are put: inside the page's main landmark, so that assistive technology
 * finds them there. Undefined on pages without the shell; then they go to the end of <body>.
 */
export function popupLayer(): HTMLElement | undefined {
  return document.getElementById(popupLayerId) ?? undefined;
}

export const popupLayerId = "popups";

/** One line of a menu or a select. */
export const popupItemClass =
  "flex w-full cursor-default items-center gap-2 rounded-control px-2 py-1.5 text-start text-14 text-ink-1 outline-none select-none " +
  "data-highlighted:bg-surface-2 data-disabled:opacity-55";
