import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import { Button, ConfirmDialog, ErrorState, Panel, Skeleton, toast } from "../../../ui/index.ts";
import { MfaPolicyPanel } from "../../account-security/mfa-policy-panel.tsx";
import { Facts } from "./facts.tsx";
import { SetUpSteps } from "./set-up-steps.tsx";
import { signInStrings } from "./strings.ts";

/** How people of the workspace sign in: by its own provider, and with a second step or without. */
export function SignInTab() {
  return (
    <>
      <SingleSignOn />
      <MfaPolicyPanel />
    </>
  );
}

function SingleSignOn() {
  const t = useT(signInStrings);
  const setUp = useQuery(trpc.enterpriseSecurity.getSsoConfig.queryOptions());
  const [isOpen, setOpen] = useState(false);
  const [isRemoving, setRemoving] = useState(false);
  const remove = useMutation(trpc.enterpriseSecurity.removeSsoConfig.mutationOptions());
  const config = setUp.data?.config ?? null;

  async function confirmRemoval() {
    await remove.mutateAsync();
    await queryClient.invalidateQueries(trpc.enterpriseSecurity.getSsoConfig.queryFilter());
    setOpen(false);
    toast.done(t("removed"));
  }

  return (
    <Panel
      title={t("title")}
      description={<p className="max-w-prose">{t("text")}</p>}
      action={
        setUp.data ? (
          <div className="flex gap-2">
            {config ? (
              <Button variant="danger" onClick={() => setRemoving(true)}>
                {t("remove")}
              </Button>
            ) : null}
            <Button
              variant={config || isOpen ? "secondary" : "primary"}
              aria-expanded={isOpen}
              onClick={() => setOpen(!isOpen)}
            >
              {t(isOpen ? "close" : config ? "change" : "begin")}
            </Button>
          </div>
        ) : null
      }
    >
      {setUp.isPending ? (
        <Skeleton className="h-24" />
      ) : setUp.isError ? (
        <ErrorState error={setUp.error} title={t("failed")} onRetry={() => void setUp.refetch()} />
      ) : (
        <div className="flex flex-col gap-5">
          {config ? <Facts config={config} roles={setUp.data.roles} /> : null}
          {config || isOpen ? null : (
            <p className="rounded-control bg-surface-2 px-3 py-3 text-14 text-ink-2">{t("none")}</p>
          )}
          {isOpen ? <SetUpSteps setUp={setUp.data} /> : null}
        </div>
      )}
      <ConfirmDialog
        open={isRemoving}
        onClose={() => setRemoving(false)}
        title={t("remove.title")}
        description={t("remove.text")}
        confirmLabel={t("remove.action")}
        onConfirm={confirmRemoval}
      />
    </Panel>
  );
}
