import { ChevronRight } from "lucide-react";
import { useId, useState } from "react";
import { useFormat } from "../../../lib/format.ts";
import { useLanguage, useT } from "../../../lib/i18n.ts";
import type { Answer } from "../../../lib/models.ts";
import { cx } from "../../../ui/index.ts";
import type { Stage } from "./stage-data.ts";
import { StageDetails } from "./stage-details.tsx";
import { stageName, stageOutcome } from "./stage-words.ts";
import { playgroundStrings } from "./strings.ts";

/** Each stage with its time and what it kept; one at a time opens to its candidates and scores. */
export function StageStrip({ answer }: { answer: Answer }) {
  const t = useT(playgroundStrings);
  const format = useFormat();
  const [open, setOpen] = useState<number | null>(null);
  const { stages } = answer.trace;
  const total = stages.reduce((sum, { ms }) => sum + ms, 0);
  return (
    <div className="mt-2 overflow-hidden rounded-control border border-line">
      <TimeBar stages={stages} total={total} />
      <ol>
        {stages.map((stage, index) => (
          <StageRow
            // biome-ignore lint/suspicious/noArrayIndexKey: the stages of a kept answer never change.
            key={index}
            stage={stage}
            open={open === index}
            onToggle={() => setOpen(open === index ? null : index)}
          />
        ))}
      </ol>
      <details className="border-t border-line text-12">
        <summary className="flex cursor-pointer items-center justify-between gap-2 px-2.5 py-1.5 text-ink-3 hover:bg-surface-2">
          {t("why.instructions")}
          <span className="tabular-nums">{t("why.total", { time: format.duration(answer.latencyMs) })}</span>
        </summary>
        <section
          dir="auto"
          aria-label={t("why.instructions")}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
          tabIndex={0}
          className="max-h-64 overflow-y-auto border-t border-line bg-surface-0 p-2.5 break-words whitespace-pre-wrap text-ink-2"
        >
          {answer.trace.instructions}
        </section>
      </details>
    </div>
  );
}

/** Where the time went; the same figures stand in the rows. */
function TimeBar({ stages, total }: { stages: readonly Stage[]; total: number }) {
  if (total <= 0) return null;
  return (
    <div className="flex h-1 gap-px" aria-hidden>
      {stages.map((stage, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: as above.
          key={index}
          className={index % 2 === 0 ? "bg-accent" : "bg-info"}
          style={{ width: `${(100 * stage.ms) / total}%` }}
        />
      ))}
    </div>
  );
}

function StageRow({ stage, open, onToggle }: { stage: Stage; open: boolean; onToggle: () => void }) {
  const t = useT(playgroundStrings);
  const format = useFormat();
  const language = useLanguage();
  const id = useId();
  return (
    <li className="border-b border-line last:border-b-0">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={onToggle}
        className="flex min-h-8 w-full items-center gap-2 px-2 py-1 text-start text-13 hover:bg-surface-2 focus-visible:-outline-offset-2"
      >
        <ChevronRight
          className={cx("size-3.5 shrink-0 text-ink-3", open ? "rotate-90" : "flip-rtl")}
          aria-hidden
        />
        <span className="w-24 shrink-0 font-medium">{stageName(stage.stage, t)}</span>
        <span className="min-w-0 grow truncate text-ink-2">
          <bdi>{stageOutcome(stage, t, format, language)}</bdi>
        </span>
        <span className="shrink-0 text-12 text-ink-3 tabular-nums">{format.duration(stage.ms)}</span>
      </button>
      {open ? (
        <div id={id} className="border-t border-line bg-surface-0 p-2.5">
          <StageDetails stage={stage} />
        </div>
      ) : null}
    </li>
  );
}
