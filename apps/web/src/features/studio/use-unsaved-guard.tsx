import { useBlocker, useRouter } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { ConfirmDialog } from "../../ui/index.ts";
import { studioStrings } from "./strings.ts";

/**
 * Asks before unsaved changes are lost: on leaving the tab or the screen, on closing the page, and on whatever
 * is passed to `guard`. Opening a passage beside the playground loses nothing and is not asked about.
 */
export function useUnsavedGuard(dirty: boolean): { guard: (leave: () => void) => void; dialog: ReactNode } {
  const t = useT(studioStrings);
  const router = useRouter();
  const [leaving, setLeaving] = useState<(() => void) | null>(null);
  const blocker = useBlocker({
    withResolver: true,
    enableBeforeUnload: () => dirty,
    shouldBlockFn: ({ next }) => {
      // Not the blocker's own `current`: with a passage open that is the document's address.
      const { pathname, search } = router.state.location;
      return dirty && (pathname !== next.pathname || tabOf(search) !== tabOf(next.search));
    },
  });
  const blocked = blocker.status === "blocked";

  const dialog = (
    <ConfirmDialog
      open={blocked || leaving !== null}
      onClose={() => {
        if (blocked) blocker.reset();
        setLeaving(null);
      }}
      title={t("unsaved.title")}
      description={t("unsaved.text")}
      confirmLabel={t("unsaved.confirm")}
      onConfirm={async () => {
        leaving?.();
        if (blocked) blocker.proceed();
      }}
    />
  );
  return {
    guard: (leave) => (dirty ? setLeaving(() => leave) : leave()),
    dialog,
  };
}

function tabOf(search: unknown): unknown {
  return typeof search === "object" && search !== null ? Reflect.get(search, "tab") : undefined;
}
