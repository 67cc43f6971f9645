import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ArrowRight, ChevronRight } from "lucide-react";
import { useT } from "../../../lib/i18n.ts";
import type { Bot } from "../../../lib/models.ts";
import { trpc } from "../../../lib/trpc.ts";
import { ErrorState, Panel, Skeleton } from "../../../ui/index.ts";
import { BudgetPanel } from "../../spending/index.ts";
import { ClaimsChoice } from "./claims-choice.tsx";
import { EmbeddingSection } from "./embedding-section.tsx";
import { ModelChoice } from "./model-choice.tsx";
import { RetrievalForm } from "./retrieval-form.tsx";
import { modelStrings } from "./strings.ts";

/** Which model answers, what becomes of unsupported claims, how documents are cut and searched, for those who want to know. */
export function ModelTab({ bot }: { bot: Bot }) {
  const t = useT(modelStrings);
  const keys = useQuery(trpc.user.listLlmApiKeys.queryOptions(undefined, { placeholderData: undefined }));
  return (
    <div className="flex max-w-2xl flex-col gap-4">
      <Panel title={t("model.title")}>
        {keys.isPending ? (
          <div role="status" aria-label={t("model.loading")} className="flex flex-col gap-2">
            <Skeleton className="h-16" />
            <Skeleton className="h-16" />
          </div>
        ) : keys.isError ? (
          <ErrorState error={keys.error} title={t("model.failed")} onRetry={() => void keys.refetch()} />
        ) : (
          <ModelChoice
            bot={bot}
            connections={keys.data.filter((key) => key.isConfigured && key.purpose === "answering")}
          />
        )}
        <Link
          to="/settings"
          search={{ tab: "models" }}
          className="mt-3 inline-flex items-center gap-1 text-14 font-medium text-accent hover:underline"
        >
          {t("model.settings")}
          <ArrowRight className="flip-rtl size-4" aria-hidden />
        </Link>
      </Panel>
      <EmbeddingSection botId={bot.id} />
      <BudgetPanel botId={bot.id} />
      <Panel title={t("claims.title")}>
        <ClaimsChoice bot={bot} />
      </Panel>
      <details className="group rounded-panel border border-line bg-surface-1">
        <summary className="flex cursor-pointer list-none items-center gap-2 rounded-panel px-4 py-3 text-14 font-semibold [&::-webkit-details-marker]:hidden">
          <ChevronRight
            className="flip-rtl size-4 text-ink-3 group-open:rotate-90 rtl:group-open:-rotate-90"
            aria-hidden
          />
          {t("advanced")}
        </summary>
        <div className="px-4 pb-4">
          <RetrievalForm bot={bot} />
        </div>
      </details>
    </div>
  );
}
