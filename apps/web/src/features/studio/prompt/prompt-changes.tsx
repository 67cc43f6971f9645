import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { Button } from "../../../ui/index.ts";
import { LazyDiff } from "./history/lazy-diff.tsx";
import type { PromptText } from "./history/prompt-diff.tsx";
import { promptStrings } from "./strings.ts";

/** What saving would change, on demand. */
export function PromptChanges({ saved, draft }: { saved: PromptText; draft: PromptText }) {
  const t = useT(promptStrings);
  const [open, setOpen] = useState(false);
  return (
    <div className="flex flex-col items-start gap-2">
      <Button size="sm" variant="ghost" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? t("changes.hide") : t("changes.show")}
      </Button>
      {open ? (
        <section aria-label={t("changes")} className="w-full">
          <LazyDiff before={saved} after={draft} />
        </section>
      ) : null}
    </div>
  );
}
