import { Link } from "@tanstack/react-router";
import { Gauge } from "lucide-react";
import { useFormat } from "../../lib/format.ts";
import { useT } from "../../lib/i18n.ts";
import { cx } from "../../ui/cx.ts";
import { amountOf, fillOf, type Limit } from "./limits.ts";
import { usageStrings } from "./strings.ts";

/** Limits that are nearly or wholly used, what happens when they are, and where the plan is. */
export default function NoticeBox({
  lines,
  isThisBot,
}: {
  lines: readonly Limit[];
  /** Its number of documents is that of the bot in view, not of the fullest one. */
  isThisBot: boolean;
}) {
  const t = useT(usageStrings);
  const format = useFormat();
  const isFull = lines.some((line) => fillOf(line) === "full");
  return (
    <div
      role="status"
      className={cx(
        "flex items-start gap-2.5 rounded-panel px-3 py-2.5 text-13",
        isFull ? "bg-bad-soft text-bad" : "bg-warn-soft text-warn",
      )}
    >
      <Gauge className="mt-0.5 size-4 shrink-0" aria-hidden />
      <div className="flex min-w-0 grow flex-col items-start gap-1">
        {lines.map((line) => {
          const limit = t(line.limit === "documents" && isThisBot ? "limit.thisBot" : `limit.${line.limit}`);
          const max = amountOf(line.limit, line.max, format);
          const used = amountOf(line.limit, line.used, format);
          return (
            <p key={line.limit}>
              <strong className="font-medium">
                {fillOf(line) === "full"
                  ? t("notice.full", { limit, max })
                  : t("notice.near", { limit, used, max })}
              </strong>{" "}
              {t(`full.${line.limit}`)}
            </p>
          );
        })}
        <Link to="/settings" search={{ tab: "plan" }} className="font-medium underline">
          {t("notice.more")}
        </Link>
      </div>
    </div>
  );
}
