import { Outlet } from "@tanstack/react-router";
import { useT } from "../lib/i18n.ts";
import { popupLayerId } from "../ui/popup.ts";
import { NavBar } from "./nav-bar.tsx";
import { PaletteHost } from "./palette-host.tsx";
import { shellStrings } from "./strings.ts";

/** The frame of every signed-in screen: navigation at the side (below, on a phone), the screen beside it. */
export function Shell() {
  const t = useT(shellStrings);
  return (
    <div className="flex h-full flex-col-reverse md:flex-row">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:absolute focus:start-2 focus:top-2 focus:z-30 focus:rounded-control focus:bg-surface-1 focus:px-3 focus:py-2"
      >
        {t("nav.skip")}
      </a>
      <NavBar />
      <main className="flex min-h-0 min-w-0 grow flex-col">
        <div id="content" tabIndex={-1} className="flex min-h-0 grow flex-col overflow-auto outline-none">
          <Outlet />
        </div>
        <div id={popupLayerId} />
      </main>
      <PaletteHost />
    </div>
  );
}
