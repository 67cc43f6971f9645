import { useMutation } from "@tanstack/react-query";
import { useT } from "../../lib/i18n.ts";
import type { Bot } from "../../lib/models.ts";
import { queryClient, trpc } from "../../lib/trpc.ts";
import { ConfirmDialog } from "../../ui/confirm-dialog.tsx";
import { toast } from "../../ui/toast.tsx";
import { botDialogStrings } from "./dialog-strings.ts";

export default function DeleteBotDialog({ bot, onClose }: { bot: Bot; onClose: () => void }) {
  const t = useT(botDialogStrings);
  const remove = useMutation(trpc.bot.delete.mutationOptions());

  async function confirm() {
    await remove.mutateAsync({ id: bot.id });
    await queryClient.invalidateQueries(trpc.bot.pathFilter());
    toast.done(t("delete.done", { name: bot.name }));
  }

  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t("delete.title", { name: bot.name })}
      description={t("delete.text")}
      confirmLabel={t("delete.action")}
      onConfirm={confirm}
    />
  );
}
