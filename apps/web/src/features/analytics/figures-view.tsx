import type { ReactNode } from "react";
import { Breakdowns } from "./breakdowns.tsx";
import { CommentsPanel } from "./comments-panel.tsx";
import { HoursPanel } from "./hours-panel.tsx";
import type { Figures } from "./range.ts";
import { TotalsRow } from "./totals.tsx";
import { TrendPanel } from "./trend-panel.tsx";
import { UnansweredPanel } from "./unanswered-panel.tsx";

/** All figures of a period: first how it went, then what to do, then what it was made of. */
export function FiguresView({
  figures,
  children,
}: {
  figures: Omit<Figures, "botId">;
  /** After the trend: rows of bots. */
  children?: ReactNode;
}) {
  return (
    <div className="flex flex-col gap-4">
      <TotalsRow totals={figures.totals} previous={figures.previous} />
      <TrendPanel figures={figures} />
      {children}
      <UnansweredPanel unanswered={figures.unanswered} />
      <CommentsPanel feedback={figures.feedbackSummary} />
      <Breakdowns figures={figures} />
      <HoursPanel hours={figures.hours} timeZone={figures.range.timeZone} />
    </div>
  );
}
