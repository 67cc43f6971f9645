import { Toast as Base } from "@base-ui/react/toast";
import { CircleAlert, CircleCheck, X } from "lucide-react";
import { useEffect } from "react";
import { useT } from "../lib/i18n.ts";
import { uiStrings } from "./strings.ts";
import { useWaitingToasts } from "./waiting-toasts.ts";

export default function ToastList() {
  const t = useT(uiStrings);
  return (
    <Base.Provider>
      <Base.Portal>
        <Base.Viewport
          aria-label={t("notifications")}
          className="fixed inset-x-3 bottom-16 z-40 ms-auto flex max-w-sm flex-col gap-2 md:bottom-4"
        >
          <Items />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function Items() {
  const t = useT(uiStrings);
  const { toasts, add } = Base.useToastManager();
  const { items, take } = useWaitingToasts();

  useEffect(() => {
    if (items.length === 0) return;
    for (const { kind, title, description } of items) {
      const urgent = kind === "failed" ? { timeout: 10_000, priority: "high" as const } : {};
      add({ type: kind, title, description, ...urgent });
    }
    take();
  }, [items, add, take]);

  return toasts.map((item) => (
    <Base.Root
      key={item.id}
      toast={item}
      className="appear flex items-start gap-2.5 rounded-panel border border-line bg-surface-1 p-3 shadow-float"
    >
      {item.type === "failed" ? (
        <CircleAlert className="mt-0.5 size-4 shrink-0 text-bad" aria-hidden />
      ) : (
        <CircleCheck className="mt-0.5 size-4 shrink-0 text-good" aria-hidden />
      )}
      <div className="min-w-0 grow">
        <Base.Title className="text-14 font-medium" />
        <Base.Description className="text-13 text-ink-2" />
      </div>
      <Base.Close aria-label={t("close")} className="rounded-control p-1 text-ink-3 hover:bg-surface-2">
        <X className="size-4" aria-hidden />
      </Base.Close>
    </Base.Root>
  ));
}
