import { useQuery } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { Plus, Target } from "lucide-react";
import { useState } from "react";
import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import type { Intent, IntentList } from "../../../lib/models.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import { Button, EmptyState, ErrorState, Skeleton } from "../../../ui/index.ts";
import { IntentDialog } from "./intent-dialog.tsx";
import { IntentRow } from "./intent-row.tsx";
import { intentStrings } from "./strings.ts";
import { TryMessage } from "./try-message.tsx";

/** What customers want of the bot: taught by examples, tried on a message. */
export default function IntentsTab({ botId }: { botId: string }) {
  const t = useT(intentStrings);
  const intents = useQuery(trpc.intents.list.queryOptions({ botId }));
  const [changing, setChanging] = useState<Intent | "new" | null>(null);
  useSubscription(
    trpc.intents.onChange.subscriptionOptions(
      { botId },
      { onData: () => void queryClient.invalidateQueries(trpc.intents.pathFilter()) },
    ),
  );
  if (intents.isPending) {
    return (
      <div role="status" aria-label={t("loading")} className="flex flex-col gap-3">
        <Skeleton className="h-6 w-80" />
        <Skeleton className="h-40" />
      </div>
    );
  }
  if (intents.isError) {
    return <ErrorState error={intents.error} title={t("failed")} onRetry={() => void intents.refetch()} />;
  }
  const { items, training } = intents.data;
  const add = (
    <Button variant="primary" onClick={() => setChanging("new")}>
      <Plus className="size-4" aria-hidden />
      {t("add")}
    </Button>
  );
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      {items.length === 0 ? (
        <EmptyState icon={<Target aria-hidden />} title={t("empty.title")} action={add}>
          {t("empty.text")}
        </EmptyState>
      ) : (
        <>
          <p className="text-14 text-ink-2">{t("about")}</p>
          <div className="flex flex-wrap items-center justify-between gap-3">
            <TrainingState training={training} />
            {add}
          </div>
          <ul className="divide-y divide-line rounded-panel border border-line bg-surface-1">
            {items.map((intent) => (
              <IntentRow key={intent.id} intent={intent} onEdit={() => setChanging(intent)} />
            ))}
          </ul>
          <TryMessage botId={botId} isTaught={training.state !== "untaught"} />
        </>
      )}
      {changing ? (
        <IntentDialog
          botId={botId}
          intent={changing === "new" ? null : changing}
          onClose={() => setChanging(null)}
        />
      ) : null}
    </div>
  );
}

function TrainingState({ training }: { training: IntentList["training"] }) {
  const t = useT(intentStrings);
  const format = useFormat();
  const words =
    training.state === "trained"
      ? t("state.trained", { share: format.percent(training.accuracy ?? 0) })
      : t(`state.${training.state}`);
  return (
    <p role="status" className="text-13 text-ink-3">
      {words}
    </p>
  );
}
