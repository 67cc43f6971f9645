import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { queryClient, trpc } from "../../lib/trpc.ts";
import { Badge, Button, Dialog, ErrorState, Panel, Skeleton, toast } from "../../ui/index.ts";
import { BackupCodes } from "../second-factor/backup-codes.tsx";
import { ConfirmForm } from "../second-factor/confirm-form.tsx";
import { SetUp } from "../second-factor/set-up.tsx";
import { securityStrings } from "./strings.ts";

/** What else than the password is asked for at sign-in: the app, and the backup codes. */
export function TwoStepPanel() {
  const t = useT(securityStrings);
  const [open, setOpen] = useState<"on" | "off" | "codes" | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const status = useQuery(trpc.mfa.status.queryOptions());
  const renew = useMutation(trpc.mfa.regenerateBackupCodes.mutationOptions());
  const disable = useMutation(trpc.mfa.disable.mutationOptions());

  function close() {
    setOpen(null);
    setCodes(null);
    void queryClient.invalidateQueries(trpc.mfa.pathFilter());
    void queryClient.invalidateQueries(trpc.auth.pathFilter());
    void queryClient.invalidateQueries(trpc.enterpriseSecurity.pathFilter());
  }

  if (status.isError) return <ErrorState error={status.error} onRetry={() => void status.refetch()} />;
  if (!status.data) return <Skeleton className="h-36" />;
  const { enabled, required, backupCodesLeft } = status.data;
  return (
    <Panel
      title={t("twoStep.title")}
      description={t("twoStep.text")}
      action={<Badge tone={enabled ? "good" : "neutral"}>{t(enabled ? "twoStep.on" : "twoStep.off")}</Badge>}
    >
      <div className="flex flex-wrap items-center gap-3">
        {enabled ? (
          <>
            <p className="min-w-0 grow text-14">
              {t("twoStep.codesLeft", { count: backupCodesLeft ?? 0 })}
              {required ? <span className="block text-13 text-ink-2">{t("twoStep.required")}</span> : null}
            </p>
            <Button onClick={() => setOpen("codes")}>{t("twoStep.newCodes")}</Button>
            {required ? null : (
              <Button variant="danger" onClick={() => setOpen("off")}>
                {t("twoStep.turnOff")}
              </Button>
            )}
          </>
        ) : (
          <Button variant="primary" onClick={() => setOpen("on")}>
            {t("twoStep.turnOn")}
          </Button>
        )}
      </div>
      <Dialog open={open === "on"} onClose={close} title={t("twoStep.title")}>
        <SetUp onDone={close} />
      </Dialog>
      <Dialog open={open === "codes"} onClose={close} title={t("twoStep.newCodes")}>
        {codes ? (
          <BackupCodes codes={codes} onKept={close} />
        ) : (
          <ConfirmForm
            action={t("twoStep.newCodes")}
            onConfirm={async (confirmed) => setCodes((await renew.mutateAsync(confirmed)).backupCodes)}
          >
            <p className="text-14 text-ink-2">{t("twoStep.newCodes.text")}</p>
          </ConfirmForm>
        )}
      </Dialog>
      <Dialog open={open === "off"} onClose={close} title={t("twoStep.turnOff")}>
        <ConfirmForm
          action={t("twoStep.turnOff")}
          variant="danger"
          onConfirm={async (confirmed) => {
            await disable.mutateAsync(confirmed);
            close();
            toast.done(t("twoStep.turnedOff"));
          }}
        >
          <p className="text-14 text-ink-2">{t("twoStep.turnOff.text")}</p>
        </ConfirmForm>
      </Dialog>
    </Panel>
  );
}
