import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import type { Embedding } from "../../../lib/models.ts";
import { Button, ProgressBar } from "../../../ui/index.ts";
import { embeddingStrings } from "./embedding-strings.ts";
import { useModelName } from "./use-model-name.ts";

interface EmbeddingBuildProps {
  state: Embedding;
  onRetry: (model: string) => void;
  onCancel: () => void;
  pending: boolean;
}

/** Another model being prepared beside the one in use: how far it is, or why it stopped. */
export function EmbeddingBuild({ state, onRetry, onCancel, pending }: EmbeddingBuildProps) {
  const t = useT(embeddingStrings);
  const format = useFormat();
  const nameOf = useModelName();
  const { building, active, chunks } = state;
  if (!building) return null;
  const names = { model: nameOf(building.model), active: nameOf(active.model) };
  const progress = t("build.progress", { done: format.number(building.done), total: format.number(chunks) });
  const share = chunks === 0 ? 0 : (building.done / chunks) * 100;
  const hasFailed = building.failure !== null;
  return (
    <div
      className={
        hasFailed
          ? "flex flex-col gap-2 rounded-control bg-bad-soft p-3"
          : "flex flex-col gap-2 rounded-control border border-line bg-surface-2 p-3"
      }
    >
      <p role="status" className={hasFailed ? "text-14 font-medium text-bad" : "text-14 font-medium"}>
        {hasFailed ? t("build.failed", names) : t("build.title", names)}
      </p>
      {hasFailed ? (
        <p className="text-13 text-ink-1">
          <bdi>{building.failure}</bdi>
        </p>
      ) : null}
      <ProgressBar value={share} label={progress} tone={hasFailed ? "bad" : "accent"} />
      <p className="text-13 text-ink-2">
        {progress}. {hasFailed ? t("build.failed.text", names) : t("build.text", names)}
      </p>
      <div className="flex flex-wrap gap-2">
        {hasFailed ? (
          <Button size="sm" pending={pending} onClick={() => onRetry(building.model)}>
            {t("retry")}
          </Button>
        ) : null}
        <Button size="sm" variant={hasFailed ? "ghost" : "secondary"} pending={pending} onClick={onCancel}>
          {hasFailed ? t("leave") : t("cancel")}
        </Button>
      </div>
    </div>
  );
}
