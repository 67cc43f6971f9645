import { useMutation, useQuery } from "@tanstack/react-query";
import { Download, ShieldAlert, ShieldCheck } from "lucide-react";
import { useT } from "../../../lib/i18n.ts";
import { trpc } from "../../../lib/trpc.ts";
import { Button, cx, ErrorState, Menu, toast } from "../../../ui/index.ts";
import { ExportRefused, exportLog } from "./export-log.ts";
import { auditStrings } from "./strings.ts";
import type { AuditFilter } from "./use-audit-filter.ts";

/** Takes what is shown home as a file. */
export function ExportMenu({ filter }: { filter: AuditFilter }) {
  const t = useT(auditStrings);
  const run = useMutation({
    mutationFn: (format: "csv" | "jsonl") => exportLog(format, filter),
    onSuccess: () => toast.done(t("export.done")),
    onError: (error) =>
      toast.failed(t("export.failed"), error instanceof ExportRefused ? error.message : t("export.offline")),
  });
  return (
    <Menu
      trigger={
        <Button icon={<Download className="size-4" aria-hidden />} pending={run.isPending}>
          {t("export")}
        </Button>
      }
      items={(["csv", "jsonl"] as const).map((format) => ({
        label: t(`export.${format}`),
        onSelect: () => run.mutate(format),
      }))}
    />
  );
}

/** Has the server go through the whole log, and says what it found. */
export function IntegrityCheck() {
  const t = useT(auditStrings);
  const check = useQuery(trpc.audit.verify.queryOptions(undefined, { enabled: false, gcTime: 0 }));
  const found = check.data?.auditLog;
  return (
    <div className="flex flex-col items-start gap-2">
      <Button size="sm" pending={check.isFetching} onClick={() => void check.refetch()}>
        {t("verify")}
      </Button>
      <div role="status" className="w-full">
        {check.isError ? (
          <ErrorState error={check.error} title={t("verify.failed")} />
        ) : found ? (
          <p
            className={cx(
              "flex items-start gap-2 rounded-control px-3 py-2 text-13",
              found.intact ? "bg-good-soft text-good" : "bg-bad-soft text-bad",
            )}
          >
            {found.intact ? (
              <ShieldCheck className="size-4 shrink-0" aria-hidden />
            ) : (
              <ShieldAlert className="size-4 shrink-0" aria-hidden />
            )}
            {found.fault
              ? t("verify.broken", {
                  sequence: found.fault.sequence,
                  reason: t(`reason.${found.fault.reason}`),
                })
              : found.entries === 0
                ? t("verify.empty")
                : t("verify.intact", { last: found.entries })}
          </p>
        ) : null}
      </div>
    </div>
  );
}
