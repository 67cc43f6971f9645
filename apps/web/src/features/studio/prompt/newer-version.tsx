import { useQuery } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { useT } from "../../../lib/i18n.ts";
import type { Prompt } from "../../../lib/models.ts";
import { trpc } from "../../../lib/trpc.ts";
import { Button } from "../../../ui/index.ts";
import { LazyDiff } from "./history/lazy-diff.tsx";
import type { PromptText } from "./history/prompt-diff.tsx";
import { promptStrings } from "./strings.ts";

/** Someone saved the prompt while it was being changed here: who, how the two differ, and which is to stay. */
export function NewerVersion({
  prompt,
  draft,
  onTake,
  onKeep,
}: {
  prompt: Prompt;
  draft: PromptText;
  /** Leaves the draft for the newest version. */
  onTake: () => void;
  /** Goes on with the draft, to be saved over it. */
  onKeep: () => void;
}) {
  const t = useT(promptStrings);
  const newest = useQuery(
    trpc.botPrompt.history.queryOptions(
      { id: prompt.id, page: 1, pageSize: 1 },
      { placeholderData: undefined },
    ),
  ).data?.items[0];
  const name = newest?.createdBy?.name ?? t("newer.someone");
  return (
    <section
      role="alert"
      className="flex flex-col gap-2 rounded-control border border-line bg-warn-soft p-3 text-14"
    >
      <p className="flex items-start gap-2 font-medium">
        <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warn" aria-hidden />
        {t("newer.title", { name, version: prompt.version })}
      </p>
      <p className="text-13 text-ink-2">{t("newer.text")}</p>
      <div className="flex flex-wrap gap-2">
        <Button size="sm" onClick={onKeep}>
          {t("newer.keep")}
        </Button>
        <Button size="sm" variant="danger" onClick={onTake}>
          {t("newer.take")}
        </Button>
      </div>
      <div className="rounded-control bg-surface-1 p-2">
        <LazyDiff before={prompt} after={draft} />
      </div>
    </section>
  );
}
