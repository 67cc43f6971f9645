import { useSyncExternalStore } from "react";

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

function subscribe(notify: () => void): () => void {
  listeners.add(notify);
  return () => listeners.delete(notify);
}

export function addToast(item: ToastItem): void {
  used = true;
  publish([...waiting, item]);
}

/** Toasts that nobody has shown yet, and the way to take them. */
export function useWaitingToasts(): { items: readonly ToastItem[]; take: () => void } {
  const items = useSyncExternalStore(subscribe, () => waiting);
  return { items, take: () => publish([]) };
}

/** Whether there has been a toast at all. */
export function useToastsWanted(): boolean {
  return useSyncExternalStore(subscribe, () => used);
}
