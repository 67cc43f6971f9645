import { useQuery } from "@tanstack/react-query";
import { useFormat } from "../../lib/format.ts";
import { useT } from "../../lib/i18n.ts";
import { trpc } from "../../lib/trpc.ts";
import { ErrorState, Panel, Skeleton } from "../../ui/index.ts";
import { spendingStrings } from "./strings.ts";

/** What this month's calls of models came to. */
export function UsagePanel() {
  const t = useT(spendingStrings);
  const format = useFormat();
  const usage = useQuery(trpc.budget.usage.queryOptions({}));
  const head = "py-1.5 ps-3 text-end font-medium first:ps-0 first:text-start";
  const cell = "py-2 ps-3 text-end tabular-nums first:ps-0 first:text-start";
  return (
    <Panel title={t("usage.title")} description={t("usage.text")}>
      {usage.isPending ? (
        <Skeleton className="h-16" />
      ) : usage.isError ? (
        <ErrorState error={usage.error} onRetry={() => void usage.refetch()} />
      ) : usage.data.length === 0 ? (
        <p className="text-14 text-ink-2">{t("usage.none")}</p>
      ) : (
        <div className="overflow-x-auto">
          <table className="w-full text-13">
            <thead className="text-12 text-ink-3">
              <tr className="border-b border-line">
                <th scope="col" className={head}>
                  {t("usage.model")}
                </th>
                <th scope="col" className={head}>
                  {t("usage.calls")}
                </th>
                <th scope="col" className={head}>
                  {t("usage.tokens")}
                </th>
                <th scope="col" className={head}>
                  {t("usage.cost")}
                </th>
              </tr>
            </thead>
            <tbody className="divide-y divide-line">
              {usage.data.map((row) => (
                <tr key={`${row.purpose} ${row.model}`}>
                  <th scope="row" className={`${cell} font-normal [overflow-wrap:anywhere]`}>
                    <bdi>{row.model}</bdi>
                    {row.purpose === "embedding" ? (
                      <span className="block text-12 text-ink-3">{t("usage.embedding")}</span>
                    ) : null}
                  </th>
                  <td className={cell}>{format.number(row.calls)}</td>
                  <td className={cell}>
                    {format.number(row.inputTokens)} / {format.number(row.outputTokens)}
                    {row.estimatedCalls > 0 ? (
                      <span className="block text-12 text-ink-3">{t("usage.estimated")}</span>
                    ) : null}
                  </td>
                  <td className={cell}>
                    {row.hasPrice ? (
                      format.dollars(row.cost)
                    ) : (
                      <span className="text-warn">{t("usage.unpriced")}</span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
