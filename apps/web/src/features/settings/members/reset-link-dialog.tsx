import { useMutation } from "@tanstack/react-query";
import { useT } from "../../../lib/i18n.ts";
import type { Member } from "../../../lib/models.ts";
import { trpc } from "../../../lib/trpc.ts";
import { Button, CodeBox, CopyButton, Dialog, explainError, toast, uiStrings } from "../../../ui/index.ts";
import { membersStrings } from "./strings.ts";

/** Has a link made by which a member chooses a new password; shown where it could not be mailed. */
export function ResetLinkDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const t = useT(membersStrings);
  const ui = useT(uiStrings);
  const { id: userId, name } = member;
  const make = useMutation(
    trpc.users.createResetLink.mutationOptions({
      onSuccess({ link }) {
        if (link !== null) return;
        toast.done(t("reset.mailed", { name }));
        onClose();
      },
    }),
  );
  const link = make.data?.link ?? null;
  return (
    <Dialog
      open
      wide={link !== null}
      onClose={onClose}
      title={t("reset.title")}
      description={t(link === null ? "reset.ask" : "reset.text", { name })}
      footer={
        link === null ? (
          <>
            <Button onClick={onClose}>{ui("cancel")}</Button>
            <Button variant="primary" pending={make.isPending} onClick={() => make.mutate({ userId })}>
              {t("reset.make")}
            </Button>
          </>
        ) : (
          <Button variant="primary" onClick={onClose}>
            {t("close")}
          </Button>
        )
      }
    >
      {make.isError ? (
        <p role="alert" className="rounded-control bg-bad-soft px-3 py-2 text-13 text-bad">
          {t("reset.failed", { reason: explainError(make.error, ui) })}
        </p>
      ) : null}
      {link === null ? null : (
        <div className="flex flex-col items-start gap-3 [&>section]:w-full">
          <CodeBox code={link} label={t("reset.label")} />
          <CopyButton text={link} label={t("reset.label")} />
        </div>
      )}
    </Dialog>
  );
}
