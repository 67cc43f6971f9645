import { useId, useState } from "react";
import { useT } from "../../../../lib/i18n.ts";
import type { Prompt, PromptVersion } from "../../../../lib/models.ts";
import { Badge, Button, ConfirmDialog, Time, toast } from "../../../../ui/index.ts";
import { usePromptActions } from "../use-prompt-actions.ts";
import { promptHistoryStrings } from "./strings.ts";
import { VersionChanges } from "./version-changes.tsx";

/** One version: who wrote it when; what it changed, and back to it. */
export function HistoryRow({
  prompt,
  version,
  dirty,
}: {
  prompt: Prompt;
  version: PromptVersion;
  dirty: boolean;
}) {
  const t = useT(promptHistoryStrings);
  const id = useId();
  const [open, setOpen] = useState(false);
  const [asking, setAsking] = useState(false);
  const { rollback } = usePromptActions(prompt.botId);
  const number = version.version;
  const isCurrent = number === prompt.version;

  async function bringBack() {
    const back = await rollback.mutateAsync({ id: prompt.id, version: number, baseVersion: prompt.version });
    const done = t("back.done", { version: number, next: back.version });
    toast.done(back.nameKept ? `${done} ${t("back.nameKept", { name: back.name })}` : done);
  }

  return (
    <li className="py-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <div className="min-w-0 grow">
          <p className="flex flex-wrap items-center gap-x-2 text-14">
            <span className="font-medium">{t("version", { version: number })}</span>
            {isCurrent ? <Badge tone="info">{t("current")}</Badge> : null}
            {version.restoredFrom !== null ? (
              <span className="text-13 text-ink-2">{t("restored", { version: version.restoredFrom })}</span>
            ) : null}
          </p>
          <p className="text-13 text-ink-2">
            {version.createdBy ? (
              <>
                <bdi>{version.createdBy.name}</bdi> ·{" "}
              </>
            ) : null}
            <Time value={version.createdAt} />
          </p>
        </div>
        <Button
          size="sm"
          variant="ghost"
          aria-expanded={open}
          aria-controls={open ? id : undefined}
          onClick={() => setOpen(!open)}
        >
          {open ? t("hide") : t("show")}
          <span className="sr-only"> {t("version", { version: number })}</span>
        </Button>
        {isCurrent ? null : (
          <Button
            size="sm"
            disabled={dirty}
            title={dirty ? t("back.dirty") : undefined}
            onClick={() => setAsking(true)}
          >
            {t("back")}
            <span className="sr-only"> {t("version", { version: number })}</span>
          </Button>
        )}
      </div>
      {open ? (
        <div id={id} className="mt-2">
          <VersionChanges promptId={prompt.id} version={number} current={prompt.version} />
        </div>
      ) : null}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("back.title", { version: number })}
        description={
          <>
            <p>{t("back.text", { next: prompt.version + 1 })}</p>
            {prompt.isActive ? <p className="mt-2">{t("back.active")}</p> : null}
          </>
        }
        confirmLabel={t("back")}
        onConfirm={bringBack}
      />
    </li>
  );
}
