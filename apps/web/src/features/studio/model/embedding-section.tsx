import { Link } from "@tanstack/react-router";
import { ArrowRight } from "lucide-react";
import { useT } from "../../../lib/i18n.ts";
import type { Embedding } from "../../../lib/models.ts";
import { Badge, ErrorState, explainError, Panel, Skeleton, toast, uiStrings } from "../../../ui/index.ts";
import { EmbeddingBuild } from "./embedding-build.tsx";
import { EmbeddingChoice } from "./embedding-choice.tsx";
import { embeddingStrings } from "./embedding-strings.ts";
import { useEmbedding } from "./use-embedding.ts";
import { useModelName } from "./use-model-name.ts";

/** Which embedding model finds the passages, another being prepared, and what else may be chosen. */
export function EmbeddingSection({ botId }: { botId: string }) {
  const t = useT(embeddingStrings);
  const kit = useT(uiStrings);
  const { state, choose, cancel } = useEmbedding(botId);

  return (
    <Panel title={t("title")}>
      {state.isPending ? (
        <div role="status" aria-label={t("loading")} className="flex flex-col gap-2">
          <Skeleton className="h-16" />
        </div>
      ) : state.isError ? (
        <ErrorState error={state.error} title={t("failed")} onRetry={() => void state.refetch()} />
      ) : (
        <div className="flex flex-col gap-3">
          <InUse active={state.data.active} />
          <EmbeddingBuild
            state={state.data}
            pending={choose.isPending || cancel.isPending}
            onRetry={(model) =>
              choose.mutate(
                { botId, model },
                { onError: (error) => toast.failed(t("retry.failed"), explainError(error, kit)) },
              )
            }
            onCancel={() =>
              cancel.mutate(
                { botId },
                { onError: (error) => toast.failed(t("cancel.failed"), explainError(error, kit)) },
              )
            }
          />
          <Choices state={state.data} onChoose={(model) => choose.mutateAsync({ botId, model })} />
        </div>
      )}
    </Panel>
  );
}

function InUse({ active }: { active: Embedding["active"] }) {
  const t = useT(embeddingStrings);
  const model = useModelName()(active.model);
  return (
    <>
      <div className="rounded-control border border-accent bg-accent-soft p-3">
        <div className="flex flex-wrap items-center gap-2">
          <p className="text-14 font-medium break-words">{model}</p>
          <Badge tone="info">{t("now")}</Badge>
        </div>
        <p className="text-13 text-ink-2">{active.isBuiltin ? t("builtin.text") : t("trained.text")}</p>
      </div>
      {active.connection === "unusable" ? (
        <p role="alert" className="rounded-control bg-warn-soft p-3 text-13 text-warn">
          {t("unusable", { model })}
        </p>
      ) : active.connection === "changed" ? (
        <p className="rounded-control bg-info-soft p-3 text-13 text-info">{t("changed", { model })}</p>
      ) : null}
    </>
  );
}

function Choices({ state, onChoose }: { state: Embedding; onChoose: (model: string) => Promise<unknown> }) {
  const t = useT(embeddingStrings);
  const choices = state.choices.filter(({ model }) => model !== state.building?.model);
  const hasTrained = [state.active, ...state.choices].some(({ isBuiltin }) => !isBuiltin);
  return (
    <>
      {choices.length > 0 ? (
        <div>
          <h3 className="text-13 font-semibold">{t("others")}</h3>
          <ul className="divide-y divide-line">
            {choices.map((choice) => (
              <EmbeddingChoice key={choice.model} choice={choice} state={state} onChoose={onChoose} />
            ))}
          </ul>
        </div>
      ) : null}
      <p className="text-13 text-ink-2">
        {hasTrained ? null : `${t("none")} `}
        <Link
          to="/settings"
          search={{ tab: "models" }}
          className="inline-flex items-center gap-1 font-medium text-accent hover:underline"
        >
          {t("settings")}
          <ArrowRight className="flip-rtl size-4" aria-hidden />
        </Link>
      </p>
    </>
  );
}
