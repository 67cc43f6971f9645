import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CircleAlert } from "lucide-react";
import { useFormat } from "../../lib/format.ts";
import { useT } from "../../lib/i18n.ts";
import { trpc } from "../../lib/trpc.ts";
import { spendingStrings } from "./strings.ts";

/** Says that a bot quotes its documents because its budget, or the workspace's, is used up. */
export function BudgetNotice({ botId }: { botId: string }) {
  const t = useT(spendingStrings);
  const format = useFormat();
  const budgets = useQuery(trpc.budget.list.queryOptions());
  const spent = budgets.data?.find(
    (budget) => budget.isExhausted && (budget.botId === null || budget.botId === botId),
  );
  if (!spent || spent.limit === null) return null;
  const words = { limit: format.dollars(spent.limit), day: format.utcDay(new Date(spent.resetsAt)) };
  const link = "font-medium underline underline-offset-2";
  return (
    <div
      role="status"
      className="flex items-start gap-2 border-b border-line bg-warn-soft px-4 py-2 text-13 text-warn md:px-6"
    >
      <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
      <p>
        {t(spent.botId === null ? "notice.tenant" : "notice.bot", words)}{" "}
        {spent.botId === null ? (
          <Link to="/settings" search={{ tab: "costs" }} className={link}>
            {t("notice.action")}
          </Link>
        ) : (
          <Link to="/bots/$botId" params={{ botId }} search={{ tab: "model" }} className={link}>
            {t("notice.action")}
          </Link>
        )}
      </p>
    </div>
  );
}
