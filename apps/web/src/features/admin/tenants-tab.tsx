import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { Ellipsis, Plus } from "lucide-react";
import { useState } from "react";
import { useFormat } from "../../lib/format.ts";
import { useT } from "../../lib/i18n.ts";
import type { Tenant } from "../../lib/models.ts";
import { queryClient, trpc } from "../../lib/trpc.ts";
import { Badge, Button, ConfirmDialog, Menu, toast } from "../../ui/index.ts";
import { amountOf, fillOf } from "../usage/limits.ts";
import { usageStrings } from "../usage/strings.ts";
import { CreateTenantDialog } from "./create-tenant-dialog.tsx";
import { Listing, useListing } from "./listing.tsx";
import { adminStrings } from "./strings.ts";
import { SuspendDialog } from "./suspend-dialog.tsx";
import { TenantPlanDialog } from "./tenant-plan-dialog.tsx";

/** Every workspace with its plan, and how much of it is used. */
export function TenantsTab() {
  const t = useT(adminStrings);
  const tenants = useQuery(
    trpc.admin.listTenants.queryOptions(useListing(), { placeholderData: keepPreviousData }),
  );
  const [changing, setChanging] = useState<Tenant | null>(null);
  const [stopping, setStopping] = useState<Tenant | null>(null);
  const [opening, setOpening] = useState<Tenant | null>(null);
  const [creating, setCreating] = useState(false);
  const reactivate = useMutation(trpc.admin.reactivateTenant.mutationOptions());
  return (
    <>
      <Button className="self-start" onClick={() => setCreating(true)}>
        <Plus className="size-4" aria-hidden />
        {t("tenant.create")}
      </Button>
      <Listing
        label={t("search.tenants")}
        query={tenants}
        row={(tenant) => (
          <li key={tenant.id} className="flex flex-wrap items-start gap-x-4 gap-y-2 px-4 py-3">
            <div className="min-w-60 grow basis-0">
              <p className="flex flex-wrap items-baseline gap-x-2">
                <span dir="auto" className="text-14 font-semibold [overflow-wrap:anywhere]">
                  {tenant.name}
                </span>
                <span className="text-13 text-ink-2">{t("members", { count: tenant.members })}</span>
                {tenant.status === "active" ? null : <Badge tone="bad">{t(`tenant.${tenant.status}`)}</Badge>}
              </p>
              <p className="text-13 text-ink-2">{t("tenant.plan", { name: tenant.usage.plan.name })}</p>
              {tenant.statusReason ? (
                <p dir="auto" className="text-match text-13 text-ink-2 [overflow-wrap:anywhere]">
                  {tenant.statusReason}
                </p>
              ) : null}
              <UsageLine tenant={tenant} />
            </div>
            <Button
              size="sm"
              aria-label={t("tenant.change.label", { name: tenant.name })}
              onClick={() => setChanging(tenant)}
            >
              {t("tenant.change")}
            </Button>
            {tenant.status === "deleting" ? null : (
              <Menu
                trigger={
                  <button
                    type="button"
                    aria-label={t("tenant.actions", { name: tenant.name })}
                    className="inline-flex size-8 shrink-0 items-center justify-center rounded-control text-ink-2 hover:bg-surface-3 hover:text-ink-1"
                  >
                    <Ellipsis className="size-4" aria-hidden />
                  </button>
                }
                items={[
                  tenant.status === "active"
                    ? { label: t("tenant.suspend"), danger: true, onSelect: () => setStopping(tenant) }
                    : { label: t("tenant.reactivate"), onSelect: () => setOpening(tenant) },
                ]}
              />
            )}
          </li>
        )}
      />
      {changing ? <TenantPlanDialog tenant={changing} onClose={() => setChanging(null)} /> : null}
      {stopping ? <SuspendDialog tenant={stopping} onClose={() => setStopping(null)} /> : null}
      {creating ? <CreateTenantDialog onClose={() => setCreating(false)} /> : null}
      {opening ? (
        <ConfirmDialog
          open
          onClose={() => setOpening(null)}
          title={t("tenant.reactivate.title", { name: opening.name })}
          description={t("tenant.reactivate.text")}
          confirmLabel={t("tenant.reactivate")}
          onConfirm={async () => {
            await reactivate.mutateAsync({ tenantId: opening.id });
            toast.done(t("tenant.reactivate.done", { name: opening.name }));
            await queryClient.invalidateQueries(trpc.admin.listTenants.queryFilter());
          }}
        />
      ) : null}
    </>
  );
}

/** All limits in a line each, those that are nearly used marked. */
function UsageLine({ tenant }: { tenant: Tenant }) {
  const t = useT(usageStrings);
  const format = useFormat();
  return (
    <ul className="mt-1.5 flex flex-wrap gap-1.5">
      {tenant.usage.limits.map((line) => {
        const used = amountOf(line.limit, line.used, format);
        const amount = line.unlimited
          ? used
          : t("used.of", { used, max: amountOf(line.limit, line.max, format) });
        const tone = { free: "neutral", near: "warn", full: "bad" } as const;
        return (
          <li key={line.limit}>
            <Badge tone={tone[fillOf(line)]}>
              {t("used.line", { limit: t(`limit.${line.limit}`), amount })}
            </Badge>
          </li>
        );
      })}
    </ul>
  );
}
