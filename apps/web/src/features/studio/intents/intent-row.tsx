import { useMutation } from "@tanstack/react-query";
import { Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import type { Intent } from "../../../lib/models.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import { ConfirmDialog, IconButton } from "../../../ui/index.ts";
import { intentStrings } from "./strings.ts";

/** An intent with its first examples. */
export function IntentRow({ intent, onEdit }: { intent: Intent; onEdit: () => void }) {
  const t = useT(intentStrings);
  const [asking, setAsking] = useState(false);
  const remove = useMutation(
    trpc.intents.delete.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.intents.pathFilter()),
    }),
  );
  const { id, name, examples } = intent;
  return (
    <li className="flex items-start gap-3 px-4 py-3">
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-baseline gap-x-2">
          <bdi className="text-14 font-medium break-words text-ink-1">{name}</bdi>
          <span className="text-12 text-ink-3">{t("examples", { count: examples.length })}</span>
        </p>
        <p dir="auto" className="text-match truncate text-13 text-ink-2">
          {examples.slice(0, 5).join(" · ")}
        </p>
      </div>
      <IconButton
        label={t("edit", { name })}
        icon={<Pencil className="size-4" aria-hidden />}
        onClick={onEdit}
      />
      <IconButton
        label={t("delete", { name })}
        icon={<Trash2 className="size-4" aria-hidden />}
        onClick={() => setAsking(true)}
      />
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("delete.title", { name })}
        description={t("delete.text")}
        confirmLabel={t("delete.confirm")}
        onConfirm={() => remove.mutateAsync({ id })}
      />
    </li>
  );
}
