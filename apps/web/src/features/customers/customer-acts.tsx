import { useMutation } from "@tanstack/react-query";
import { Download, Pencil, Trash2 } from "lucide-react";
import { lazy, Suspense, startTransition, useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { may, useSession } from "../../lib/session.ts";
import { type Outputs, queryClient, trpc } from "../../lib/trpc.ts";
import { Button, ConfirmDialog, explainError, toast, uiStrings } from "../../ui/index.ts";
import { customerPageStrings } from "./page.strings.ts";

const EditDialog = lazy(() => import("./edit-dialog.tsx"));

interface CustomerActsProps {
  customer: Outputs["endUsers"]["get"];
  name: string;
  /** Where they were shown is no place for somebody who is erased. */
  onErased?: () => void;
}

/** What may be done to a customer as a whole: changed, handed their data, erased. Each to whoever has the right. */
export function CustomerActs({ customer, name, onErased }: CustomerActsProps) {
  const t = useT(customerPageStrings);
  const ui = useT(uiStrings);
  const session = useSession();
  const [open, setOpen] = useState<"edit" | "erase" | null>(null);
  const close = () => setOpen(null);
  const exported = useMutation(
    trpc.endUsers.export.mutationOptions({
      onSuccess(data) {
        saveAs(`customer-${customer.id}.json`, JSON.stringify(data, null, 2));
        toast.done(t("export.done", { name }));
      },
      onError: (error) => toast.failed(explainError(error, ui)),
    }),
  );
  const erase = useMutation(trpc.endUsers.delete.mutationOptions());

  async function confirmErase() {
    await erase.mutateAsync({ customerId: customer.id });
    toast.done(t("erase.done"));
    onErased?.();
    queryClient.removeQueries(trpc.endUsers.get.queryFilter({ customerId: customer.id }));
    await Promise.all([
      queryClient.invalidateQueries(trpc.endUsers.list.pathFilter()),
      queryClient.invalidateQueries(trpc.conversations.pathFilter()),
    ]);
  }

  const mayEdit = may(session, "manage customers") && customer.mergedIntoId === null;
  const mayErase = may(session, "erase customers") && may(session, "read conversations");
  if (!mayEdit && !mayErase) return null;
  return (
    <div className="flex flex-wrap gap-2">
      {mayEdit ? (
        <Button
          size="sm"
          icon={<Pencil className="size-3.5" aria-hidden />}
          onClick={() => startTransition(() => setOpen("edit"))}
        >
          {t("edit")}
        </Button>
      ) : null}
      {mayErase ? (
        <>
          <Button
            size="sm"
            pending={exported.isPending}
            icon={<Download className="size-3.5" aria-hidden />}
            onClick={() => exported.mutate({ customerId: customer.id })}
          >
            {t("export")}
          </Button>
          <Button
            size="sm"
            variant="danger"
            icon={<Trash2 className="size-3.5" aria-hidden />}
            onClick={() => setOpen("erase")}
          >
            {t("erase")}
          </Button>
        </>
      ) : null}
      {open === "edit" ? (
        <Suspense>
          <EditDialog customerId={customer.id} onClose={close} />
        </Suspense>
      ) : null}
      <ConfirmDialog
        open={open === "erase"}
        onClose={close}
        title={t("erase.title", { name })}
        description={t("erase.text")}
        confirmLabel={t("erase.confirm")}
        onConfirm={confirmErase}
      />
    </div>
  );
}

function saveAs(fileName: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(url);
}
