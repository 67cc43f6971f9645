import { AlertDialog as Base } from "@base-ui/react/alert-dialog";
import { type ReactNode, useState } from "react";
import { useT } from "../lib/i18n.ts";
import { Button } from "./button.tsx";
import { backdropClass, dialogClass } from "./dialog.tsx";
import { explainError } from "./explain-error.ts";
import { uiStrings } from "./strings.ts";

export interface ConfirmDialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  /** What is lost and what is kept. */
  description: ReactNode;
  /** The verb itself: "Delete bot", never "OK". */
  confirmLabel: string;
  /** The dialog closes when this resolves; a rejection is shown in it. */
  onConfirm: () => Promise<unknown>;
}

/** Asks before something that cannot be undone. */
export function ConfirmDialog({
  open,
  onClose,
  title,
  description,
  confirmLabel,
  onConfirm,
}: ConfirmDialogProps) {
  const t = useT(uiStrings);
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  async function confirm() {
    setPending(true);
    setFailure(null);
    try {
      await onConfirm();
      onClose();
    } catch (error) {
      setFailure(explainError(error, t));
    } finally {
      setPending(false);
    }
  }

  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={backdropClass} />
        <Base.Popup className={`${dialogClass} max-w-md p-5`}>
          <Base.Title className="text-16 font-semibold" dir="auto">
            {title}
          </Base.Title>
          <Base.Description className="mt-2 text-14 text-ink-2" render={<div />}>
            {description}
          </Base.Description>
          {failure ? (
            <p role="alert" className="mt-3 text-13 text-bad">
              {failure}
            </p>
          ) : null}
          <div className="mt-5 flex justify-end gap-2">
            <Base.Close render={<Button variant="secondary">{t("cancel")}</Button>} />
            <Button variant="danger" pending={pending} onClick={confirm}>
              {confirmLabel}
            </Button>
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
