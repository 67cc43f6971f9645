import { lazy, Suspense } from "react";
import { addToast, useToastsWanted } from "./waiting-toasts.ts";

/** Short news that does not belong to one place on the page. Callable from anywhere. */
export const toast = {
  done: (title: string, description?: string) => addToast({ kind: "done", title, description }),
  /** Stays longer, and is read out at once. Say what was kept and what to do. */
  failed: (title: string, description?: string) => addToast({ kind: "failed", title, description }),
};

const ToastList = lazy(() => import("./toast-list.tsx"));

/** The place where toasts appear; once, at the root. Its code is fetched for the first toast. */
export function ToastHost() {
  const wanted = useToastsWanted();
  if (!wanted) return null;
  return (
    <Suspense>
      <ToastList />
    </Suspense>
  );
}
