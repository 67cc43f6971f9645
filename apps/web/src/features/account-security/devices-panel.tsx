import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../lib/i18n.ts";
import { useSession } from "../../lib/session.ts";
import { queryClient, trpc } from "../../lib/trpc.ts";
import {
  Badge,
  Button,
  ErrorState,
  explainError,
  Pager,
  Panel,
  Skeleton,
  Time,
  toast,
  uiStrings,
} from "../../ui/index.ts";
import { securityStrings } from "./strings.ts";

/** Browsers in which sign-in asks for no code. */
export function DevicesPanel() {
  const t = useT(securityStrings);
  const ui = useT(uiStrings);
  const { secondFactor } = useSession();
  const [page, setPage] = useState(1);
  const list = useQuery(trpc.enterpriseSecurity.listTrustedDevices.queryOptions({ page, pageSize: 10 }));
  const options = {
    onSuccess: () => queryClient.invalidateQueries(trpc.enterpriseSecurity.listTrustedDevices.pathFilter()),
    onError: (error: unknown) => toast.failed(t("devices.failed"), explainError(error, ui)),
  };
  const trust = useMutation(trpc.enterpriseSecurity.trustDevice.mutationOptions(options));
  const revoke = useMutation(trpc.enterpriseSecurity.revokeTrustedDevice.mutationOptions(options));

  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.data) return <Skeleton className="h-28" />;
  const { items, meta } = list.data;
  const canTrust = secondFactor === "shown" && !items.some(({ isCurrent }) => isCurrent);
  return (
    <Panel
      title={t("devices.title")}
      description={t("devices.text")}
      action={
        canTrust ? (
          <Button pending={trust.isPending} onClick={() => trust.mutate({})}>
            {t("devices.trust")}
          </Button>
        ) : null
      }
    >
      {items.length === 0 ? (
        <p className="text-14 text-ink-2">{t(canTrust ? "devices.none" : "devices.none.off")}</p>
      ) : (
        <ul className="-mx-3 divide-y divide-line">
          {items.map((device) => (
            <li key={device.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-2.5">
              <div className="min-w-0 grow basis-60">
                <div className="flex flex-wrap items-center gap-2">
                  <bdi className="text-14 font-medium [overflow-wrap:anywhere]">
                    {device.name || t("devices.unknown")}
                  </bdi>
                  {device.isCurrent ? <Badge tone="info">{t("devices.this")}</Badge> : null}
                </div>
                <p className="text-13 text-ink-2">
                  {t("devices.lastUsed")} <Time value={device.lastUsedAt} />
                  {device.ipAddress ? (
                    <>
                      {" · "}
                      <bdi className="font-mono text-12">{device.ipAddress}</bdi>
                    </>
                  ) : null}
                </p>
              </div>
              <Button
                size="sm"
                variant="danger"
                pending={revoke.isPending && revoke.variables.id === device.id}
                onClick={() => revoke.mutate({ id: device.id })}
              >
                {t("devices.revoke")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Pager page={page} pages={meta.totalPages} onPage={setPage} className="mt-3" />
    </Panel>
  );
}
