import { lazy, Suspense, startTransition, useEffect, useState } from "react";

const Palette = lazy(() => import("../features/palette/index.tsx").then((m) => ({ default: m.Palette })));

type Change = (now: boolean) => boolean;

const hosts = new Set<(change: Change) => void>();

/** Opens the command palette from anywhere. */
export function openPalette(): void {
  for (const host of hosts) host(() => true);
}

/** Listens for Ctrl/Cmd+K; the palette itself is loaded when it is first wanted. */
export function PaletteHost() {
  const [open, setOpen] = useState(false);

  useEffect(() => {
    // A transition waits for the palette's code without a flash of nothing.
    const host = (change: Change) => startTransition(() => setOpen(change));
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      host((now) => !now);
    };
    hosts.add(host);
    window.addEventListener("keydown", onKey);
    return () => {
      hosts.delete(host);
      window.removeEventListener("keydown", onKey);
    };
  }, []);

  return <Suspense>{open ? <Palette onClose={() => setOpen(false)} /> : null}</Suspense>;
}
