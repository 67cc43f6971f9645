import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { fillOf, type LimitName } from "./limits.ts";
import { usageQuery } from "./usage-query.ts";

const NoticeBox = lazy(() => import("./notice-box.tsx"));

interface NoticeProps {
  /** The limits that matter where the notice stands. */
  limits: readonly LimitName[];
  /** How many documents the bot of this place has; without it the fullest bot's count. */
  documents?: number;
}

/**
 * Points out limits that are nearly or wholly used, before somebody runs into them; nothing otherwise, which
 * is nearly always, so the box and its words are fetched only then.
 */
export function UsageNotice({ limits, documents }: NoticeProps) {
  const { data } = useQuery(usageQuery);
  const shown = (data?.limits ?? [])
    .filter(({ limit }) => limits.includes(limit))
    .map((line) => {
      if (line.limit !== "documents" || documents === undefined) return line;
      return { ...line, used: documents, share: line.max > 0 ? documents / line.max : 1 };
    })
    .filter((line) => fillOf(line) !== "free");
  if (shown.length === 0) return null;
  return (
    <Suspense>
      <NoticeBox lines={shown} isThisBot={documents !== undefined} />
    </Suspense>
  );
}
