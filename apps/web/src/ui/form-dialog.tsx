import { type ReactNode, useId } from "react";
import { useT } from "../lib/i18n.ts";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";
import { uiStrings } from "./strings.ts";

export interface FormDialogProps {
  title: string;
  description?: ReactNode;
  wide?: boolean;
  onClose: () => void;
  /** The verb itself: "Create team", never "OK". */
  submitLabel: string;
  /** For what cannot be undone. */
  danger?: boolean;
  /** While it is being sent, it is not sent again. */
  pending: boolean;
  /** Why it was not done, in words for whoever tried. */
  failure?: string | null;
  /** The fields' values by name. Each field says itself what is wrong with it. */
  onSubmit: (values: FormData) => void;
  children: ReactNode;
}

/** A form in a dialog: something new, or another state of what is there. Whoever cancels changes nothing. */
export function FormDialog({
  submitLabel,
  danger = false,
  pending,
  failure,
  onSubmit,
  children,
  ...dialog
}: FormDialogProps) {
  const t = useT(uiStrings);
  const formId = useId();
  return (
    <Dialog
      open
      {...dialog}
      footer={
        <>
          <Button onClick={dialog.onClose}>{t("cancel")}</Button>
          <Button type="submit" form={formId} variant={danger ? "danger" : "primary"} pending={pending}>
            {submitLabel}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        noValidate
        autoComplete="off"
        onSubmit={(event) => {
          event.preventDefault();
          if (!pending) onSubmit(new FormData(event.currentTarget));
        }}
        className="flex flex-col gap-4"
      >
        {failure ? (
          <p
            role="alert"
            className="rounded-control bg-bad-soft px-3 py-2 text-13 whitespace-pre-line text-bad [overflow-wrap:anywhere]"
          >
            {failure}
          </p>
        ) : null}
        {children}
      </form>
    </Dialog>
  );
}
