import { lazy, Suspense, useSyncExternalStore } from "react";

export interface ToastItem {
  kind: "done" | "failed";
  title: string;
  description: string | undefined;
}

let waiting: readonly ToastItem[] = [];
let used = false;
const listeners = new Set<() => void>();

function publish(next: readonly ToastItem[]): void {
  waiting = next;
  for (const listener of listeners) listener();
}

function add(item: ToastItem): void {
  used = true;
  publish([...waiting, item]);
}

/** Short news that does not belong to one place on the page. Callable from anywhere. */
export const toast = {
  done: (title: string, description?: string) => add({ kind: "done", title, description }),
  /** Stays longer, and is read out at once. Say what was kept and what to do. */
  failed: (title: string, description?: string) => add({ kind: "failed", title, description }),
};

function subscribe(notify: () => void): () => void {
  listeners.add(notify);
  return () => listeners.delete(notify);
}

/** Toasts that nobody has shown yet, and the way to take them. */
export function useWaitingToasts(): { items: readonly ToastItem[]; take: () => void } {
  const items = useSyncExternalStore(subscribe, () => waiting);
  return { items, take: () => publish([]) };
}

const ToastList = lazy(() => import("./toast-list.tsx"));

/** The place where toasts appear; once, at the root. Its code is fetched for the first toast. */
export function ToastHost() {
  const shown = useSyncExternalStore(subscribe, () => used);
  if (!shown) return null;
  return (
    <Suspense>
      <ToastList />
    </Suspense>
  );
}
