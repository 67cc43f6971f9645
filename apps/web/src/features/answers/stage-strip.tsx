import { ChevronRight, Maximize2 } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { useFormat } from "../../lib/format.ts";
import { useLanguage, useT } from "../../lib/i18n.ts";
import type { Answer } from "../../lib/models.ts";
import { Button, cx, Dialog } from "../../ui/index.ts";
import type { Stage } from "./stage-data.ts";
import { StageDetails } from "./stage-details.tsx";
import { stageName, stageOutcome } from "./stage-words.ts";
import { answerStrings } from "./strings.ts";

/** Each stage with its time and what it kept; one at a time opens to its candidates and scores. */
export function StageStrip({ answer }: { answer: Pick<Answer, "trace" | "claims" | "latencyMs"> }) {
  const t = useT(answerStrings);
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
            claims={answer.claims}
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

interface StageRowProps {
  stage: Stage;
  claims: Answer["claims"];
  open: boolean;
  onToggle: () => void;
}

function StageRow({ stage, claims, open, onToggle }: StageRowProps) {
  const t = useT(answerStrings);
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
        <div id={id} className="border-t border-line bg-surface-0 p-2.5 text-12">
          <Enlarged title={stageName(stage.stage, t)}>
            <StageDetails stage={stage} claims={claims} />
          </Enlarged>
          <StageDetails stage={stage} claims={claims} />
        </div>
      ) : null}
    </li>
  );
}

/** The same with more room: beside the playground there is little. */
function Enlarged({ title, children }: { title: string; children: ReactNode }) {
  const t = useT(answerStrings);
  const [open, setOpen] = useState(false);
  return (
    <>
      <div className="-mt-1 -me-1 flex justify-end">
        <Button
          size="sm"
          variant="ghost"
          icon={<Maximize2 className="size-3.5" aria-hidden />}
          onClick={() => setOpen(true)}
        >
          {t("search.enlarge")}
        </Button>
      </div>
      <Dialog open={open} onClose={() => setOpen(false)} title={title} wide>
        <div className="text-13">{children}</div>
      </Dialog>
    </>
  );
}
