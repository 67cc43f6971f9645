import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useFormat } from "../../lib/format.ts";
import { useT } from "../../lib/i18n.ts";
import type { Tenant } from "../../lib/models.ts";
import { trpc } from "../../lib/trpc.ts";
import { Badge, Button } from "../../ui/index.ts";
import { amountOf, fillOf } from "../usage/limits.ts";
import { usageStrings } from "../usage/strings.ts";
import { Listing, useListing } from "./listing.tsx";
import { adminStrings } from "./strings.ts";
import { TenantPlanDialog } from "./tenant-plan-dialog.tsx";

/** Every workspace with its plan, and how much of it is used. */
export function TenantsTab() {
  const t = useT(adminStrings);
  const tenants = useQuery(
    trpc.admin.listTenants.queryOptions(useListing(), { placeholderData: keepPreviousData }),
  );
  const [changing, setChanging] = useState<Tenant | null>(null);
  return (
    <>
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
              </p>
              <p className="text-13 text-ink-2">{t("tenant.plan", { name: tenant.usage.plan.name })}</p>
              <UsageLine tenant={tenant} />
            </div>
            <Button
              size="sm"
              aria-label={t("tenant.change.label", { name: tenant.name })}
              onClick={() => setChanging(tenant)}
            >
              {t("tenant.change")}
            </Button>
          </li>
        )}
      />
      {changing ? <TenantPlanDialog tenant={changing} onClose={() => setChanging(null)} /> : null}
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
