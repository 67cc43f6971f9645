import { useMutation } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { renewSession, useSession } from "../../../lib/session.ts";
import { trpc } from "../../../lib/trpc.ts";
import { Button, explainError, FormDialog, Panel, TextField, uiStrings } from "../../../ui/index.ts";
import { workspaceStrings } from "./strings.ts";

/** The end of the workspace, for its owners. */
export function DangerPanel() {
  const t = useT(workspaceStrings);
  const [open, setOpen] = useState(false);
  return (
    <Panel title={t("danger.title")} description={<p className="max-w-prose">{t("danger.text")}</p>}>
      <Button variant="danger" onClick={() => setOpen(true)}>
        {t("danger.action")}
      </Button>
      {open ? <DeleteDialog onClose={() => setOpen(false)} /> : null}
    </Panel>
  );
}

function DeleteDialog({ onClose }: { onClose: () => void }) {
  const t = useT(workspaceStrings);
  const ui = useT(uiStrings);
  const { name } = useSession().tenant;
  const router = useRouter();
  const [wrong, setWrong] = useState(false);
  const request = useMutation(
    trpc.tenant.requestDeletion.mutationOptions({
      async onSuccess() {
        await renewSession();
        await router.navigate({ to: "/closed" });
      },
    }),
  );
  function submit(values: FormData) {
    const typed = String(values.get("name"));
    const password = String(values.get("password"));
    setWrong(typed !== name);
    if (typed === name) request.mutate({ name: typed, ...(password === "" ? {} : { password }) });
  }
  return (
    <FormDialog
      onClose={onClose}
      title={t("danger.dialog", { name })}
      submitLabel={t("danger.confirm")}
      danger
      pending={request.isPending}
      onSubmit={submit}
    >
      <p className="text-14 text-ink-2">{t("danger.text")}</p>
      <TextField
        label={t("danger.name", { name })}
        name="name"
        autoComplete="off"
        error={wrong ? t("danger.name.wrong") : null}
      />
      <TextField
        label={t("danger.password")}
        name="password"
        type="password"
        dir="ltr"
        autoComplete="current-password"
        maxLength={256}
        hint={t("danger.password.hint")}
        error={request.error ? explainError(request.error, ui) : null}
      />
    </FormDialog>
  );
}
