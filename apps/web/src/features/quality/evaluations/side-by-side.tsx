import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { Button } from "../../../ui/index.ts";
import { LazyDiff } from "../../studio/prompt/history/lazy-diff.tsx";
import { replayStrings } from "./replay.strings.ts";
import { evaluationStrings } from "./strings.ts";

/** Two answers beside each other, and on demand what makes one of the other. */
export function TextDifference({ before, after }: { before: string; after: string }) {
  const t = useT(evaluationStrings);
  const tReplay = useT(replayStrings);
  const [shown, setShown] = useState(false);
  if (before === after) {
    return (
      <div className="mt-2 text-13">
        <p className="text-12 text-ink-3">{tReplay("replay.same")}</p>
        <p dir="auto" className="text-start whitespace-pre-wrap">
          {after}
        </p>
      </div>
    );
  }
  return (
    <div className="mt-2 flex flex-col gap-2 text-13">
      <div className="grid gap-3 sm:grid-cols-2">
        {(
          [
            ["before", before],
            ["after", after],
          ] as const
        ).map(([side, text]) => (
          <div key={side} className="min-w-0 rounded-control bg-surface-2 p-2.5">
            <p className="text-12 text-ink-3">{t(side)}</p>
            <p dir="auto" className="text-start wrap-anywhere whitespace-pre-wrap">
              {text || "–"}
            </p>
          </div>
        ))}
      </div>
      <div>
        <Button size="sm" variant="ghost" aria-expanded={shown} onClick={() => setShown(!shown)}>
          {t("difference")}
        </Button>
      </div>
      {shown ? (
        <LazyDiff before={{ name: "", content: before }} after={{ name: "", content: after }} />
      ) : null}
    </div>
  );
}
