import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Gauge } from "lucide-react";
import { useFormat } from "../../lib/format.ts";
import { useT } from "../../lib/i18n.ts";
import { cx } from "../../ui/cx.ts";
import { amountOf, fillOf, type LimitName } from "./limits.ts";
import { usageStrings } from "./strings.ts";
import { usageQuery } from "./usage-query.ts";

interface NoticeProps {
  /** The limits that matter where the notice stands. */
  limits: readonly LimitName[];
  /** How many documents the bot of this place has; without it the fullest bot's count. */
  documents?: number;
}

/** Points out limits that are nearly or wholly used, before somebody runs into them; nothing otherwise. */
export default function UsageNotice({ limits, documents }: NoticeProps) {
  const t = useT(usageStrings);
  const format = useFormat();
  const { data } = useQuery(usageQuery);
  const shown = (data?.limits ?? [])
    .filter(({ limit }) => limits.includes(limit))
    .map((line) => {
      if (line.limit !== "documents" || documents === undefined) return line;
      return { ...line, used: documents, share: line.max > 0 ? documents / line.max : 1 };
    })
    .filter((line) => fillOf(line) !== "free");
  if (shown.length === 0) return null;
  const isFull = shown.some((line) => fillOf(line) === "full");
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
        {shown.map((line) => {
          const isThisBot = line.limit === "documents" && documents !== undefined;
          const limit = t(isThisBot ? "limit.thisBot" : `limit.${line.limit}`);
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
