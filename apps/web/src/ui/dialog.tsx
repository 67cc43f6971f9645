import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { useT } from "../lib/i18n.ts";
import { cx } from "./cx.ts";
import { uiStrings } from "./strings.ts";

export const backdropClass = "appear fixed inset-0 z-20 bg-backdrop";
export const dialogClass =
  "appear fixed inset-x-3 top-[12vh] z-20 mx-auto flex max-h-[76vh] flex-col rounded-panel border border-line bg-surface-1 shadow-float outline-none";

export interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  description?: ReactNode;
  children: ReactNode;
  /** Buttons, at the end. */
  footer?: ReactNode;
  wide?: boolean;
}

/** A question that must be answered before going on. Prefer a panel for what is done often. */
export function Dialog({ open, onClose, title, description, children, footer, wide = false }: DialogProps) {
  const t = useT(uiStrings);
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={backdropClass} />
        <Base.Popup className={cx(dialogClass, wide ? "max-w-3xl" : "max-w-md")}>
          <div className="ps-5 pe-12 pt-4">
            <Base.Title className="text-16 font-semibold">{title}</Base.Title>
            {description ? (
              <Base.Description className="mt-1 text-14 text-ink-2">{description}</Base.Description>
            ) : null}
          </div>
          <div className="overflow-auto px-5 py-4">{children}</div>
          {footer ? (
            <div className="flex justify-end gap-2 border-t border-line px-5 py-3">{footer}</div>
          ) : null}
          {/* Last in order, so that the first field has the focus when the dialog opens. */}
          <Base.Close
            aria-label={t("close")}
            className="absolute end-3 top-3 rounded-control p-1.5 text-ink-2 hover:bg-surface-2"
          >
            <X className="size-4" aria-hidden />
          </Base.Close>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
