import { lazy, Suspense, useEffect, useSyncExternalStore } from "react";

const Palette = lazy(() => import("../features/palette/index.tsx").then((m) => ({ default: m.Palette })));

let open = false;
const listeners = new Set<() => void>();

/** Opens or closes the command palette from anywhere. */
export function setPaletteOpen(next: boolean): void {
  open = next;
  for (const listener of listeners) listener();
}

/** Listens for Ctrl/Cmd+K; the palette itself is loaded when it is first wanted. */
export function PaletteHost() {
  const shown = useSyncExternalStore(
    (notify) => {
      listeners.add(notify);
      return () => listeners.delete(notify);
    },
    () => open,
  );
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      setPaletteOpen(!open);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  if (!shown) return null;
  return (
    <Suspense>
      <Palette onClose={() => setPaletteOpen(false)} />
    </Suspense>
  );
}
