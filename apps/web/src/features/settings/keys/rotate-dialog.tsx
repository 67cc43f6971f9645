import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { AccessKey } from "../../../lib/models.ts";
import { trpc } from "../../../lib/trpc.ts";
import { Button, Dialog, explainError, Select, uiStrings } from "../../../ui/index.ts";
import { keyStrings } from "./strings.ts";

/** Hours that the former secret goes on working. */
const graces = ["0", "24", "168"] as const;

/** Gives a key another secret; whoever does it decides how long the former one is to work. */
export function RotateDialog({
  apiKey,
  onClose,
  onRotated,
}: {
  apiKey: AccessKey;
  onClose: () => void;
  onRotated: (secret: string) => void;
}) {
  const t = useT(keyStrings);
  const ui = useT(uiStrings);
  const [grace, setGrace] = useState<(typeof graces)[number]>("24");
  const rotate = useMutation(
    trpc.apiKeys.rotate.mutationOptions({ onSuccess: ({ secret }) => onRotated(secret) }),
  );
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("rotate.title", { name: apiKey.name })}
      description={t("rotate.text")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button
            variant="primary"
            pending={rotate.isPending}
            onClick={() => rotate.mutate({ id: apiKey.id, graceHours: Number(grace) })}
          >
            {t("rotate.action")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <Select
          label={t("rotate.grace")}
          value={grace}
          options={graces.map((value) => ({ value, label: t(`grace.${value}`) }))}
          onChange={setGrace}
        />
        {rotate.isError ? (
          <p role="alert" className="rounded-control bg-bad-soft px-3 py-2 text-13 text-bad">
            {explainError(rotate.error, ui)}
          </p>
        ) : null}
      </div>
    </Dialog>
  );
}
