import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { useRoleName } from "../../../lib/role-name.ts";
import { renewSession } from "../../../lib/session.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import {
  Badge,
  Button,
  ErrorState,
  explainError,
  FormDialog,
  Panel,
  Skeleton,
  TextField,
  toast,
  uiStrings,
} from "../../../ui/index.ts";
import { workspaceStrings } from "./strings.ts";

/** The workspaces that one belongs to, the way from one to another, and a new one. */
export function OwnTenantsPanel() {
  const t = useT(workspaceStrings);
  const ui = useT(uiStrings);
  const roleName = useRoleName();
  const own = useQuery(trpc.auth.listTenants.queryOptions());
  const router = useRouter();
  const change = useMutation(
    trpc.auth.switchTenant.mutationOptions({
      async onSuccess() {
        await renewSession();
        await router.navigate({ to: "/bots" });
      },
      onError: (error) => toast.failed(explainError(error, ui)),
    }),
  );
  const [creating, setCreating] = useState(false);
  return (
    <Panel
      title={t("own.title")}
      description={t("own.text")}
      action={
        <Button onClick={() => setCreating(true)}>
          <Plus className="size-4" aria-hidden />
          {t("own.create")}
        </Button>
      }
    >
      {own.isError ? (
        <ErrorState error={own.error} onRetry={() => void own.refetch()} />
      ) : own.data === undefined ? (
        <Skeleton className="h-16" />
      ) : (
        <ul className="divide-y divide-line">
          {own.data.map((tenant) => (
            <li
              key={tenant.id}
              className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2 first:pt-0 last:pb-0"
            >
              <span dir="auto" className="min-w-0 text-14 font-medium [overflow-wrap:anywhere]">
                {tenant.name}
              </span>
              <span className="text-13 text-ink-2">{roleName(tenant)}</span>
              {tenant.isCurrent ? <Badge tone="info">{t("own.current")}</Badge> : null}
              {tenant.status === "active" ? null : <Badge tone="bad">{t(`own.${tenant.status}`)}</Badge>}
              {tenant.isCurrent ? null : (
                <Button
                  size="sm"
                  className="ms-auto"
                  aria-label={t("own.switch.label", { name: tenant.name })}
                  pending={change.isPending && change.variables.tenantId === tenant.id}
                  onClick={() => change.mutate({ tenantId: tenant.id })}
                >
                  {t("own.switch")}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {creating ? <CreateDialog onClose={() => setCreating(false)} /> : null}
    </Panel>
  );
}

function CreateDialog({ onClose }: { onClose: () => void }) {
  const t = useT(workspaceStrings);
  const ui = useT(uiStrings);
  const [missing, setMissing] = useState(false);
  const create = useMutation(
    trpc.tenant.create.mutationOptions({
      async onSuccess({ name }) {
        toast.done(t("own.created", { name }));
        onClose();
        await queryClient.invalidateQueries(trpc.auth.listTenants.queryFilter());
      },
    }),
  );
  function submit(values: FormData) {
    const name = String(values.get("name")).trim();
    setMissing(name === "");
    if (name !== "") create.mutate({ name });
  }
  return (
    <FormDialog
      onClose={onClose}
      title={t("own.dialog")}
      description={t("own.dialog.text")}
      submitLabel={t("own.confirm")}
      pending={create.isPending}
      onSubmit={submit}
    >
      <TextField
        label={t("form.name")}
        name="name"
        maxLength={100}
        error={missing ? t("form.name.missing") : create.error ? explainError(create.error, ui) : null}
      />
    </FormDialog>
  );
}
