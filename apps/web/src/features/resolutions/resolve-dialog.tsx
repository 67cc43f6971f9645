import { useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { Button, Dialog, TextArea, TextField, toast } from "../../ui/index.ts";
import type { ResolutionDetail } from "./statuses.ts";
import { resolutionStrings } from "./strings.ts";
import { useResolutionActs } from "./use-resolution-acts.ts";

/** What it was and how it was mended, and whether the customer is told. */
export function ResolveDialog({
  open,
  resolution,
  onClose,
}: {
  open: boolean;
  resolution: ResolutionDetail;
  onClose: () => void;
}) {
  const t = useT(resolutionStrings);
  const { resolve } = useResolutionActs();
  const [rootCause, setRootCause] = useState(resolution.rootCause ?? "");
  const [category, setCategory] = useState(resolution.rootCauseCategory ?? "");
  const [fix, setFix] = useState(resolution.fixDescription ?? "");
  const [tell, setTell] = useState(true);
  const submit = () =>
    resolve.mutate(
      {
        resolutionId: resolution.id,
        version: resolution.version,
        sendCustomerNotification: tell,
        ...(rootCause.trim() ? { rootCause } : {}),
        ...(category.trim() ? { rootCauseCategory: category } : {}),
        ...(fix.trim() ? { fixDescription: fix } : {}),
      },
      {
        onSuccess: () => {
          toast.done(t("resolve.done"));
          onClose();
        },
      },
    );
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={t("resolve.title")}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button variant="primary" pending={resolve.isPending} onClick={submit}>
            {t("resolve.title")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <TextArea
          label={t("rootCause")}
          value={rootCause}
          maxLength={4_000}
          onChange={({ target }) => setRootCause(target.value)}
        />
        <TextField
          label={t("category")}
          value={category}
          maxLength={60}
          onChange={({ target }) => setCategory(target.value)}
        />
        <TextArea
          label={t("fix")}
          value={fix}
          maxLength={4_000}
          onChange={({ target }) => setFix(target.value)}
        />
        <label className="flex items-center gap-2 text-14">
          <input type="checkbox" checked={tell} onChange={({ target }) => setTell(target.checked)} />
          {t("resolve.tell")}
        </label>
      </div>
    </Dialog>
  );
}
