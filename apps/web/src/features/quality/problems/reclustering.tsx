import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { Group } from "lucide-react";
import { useFormat } from "../../../lib/format.ts";
import { useT } from "../../../lib/i18n.ts";
import { trpc } from "../../../lib/trpc.ts";
import { Button, explainError, ProgressBar, toast, uiStrings } from "../../../ui/index.ts";
import { problemsStrings } from "./strings.ts";

/** Puts a bot's questions together anew, and shows how far that is. */
export function Reclustering({ botId }: { botId: string }) {
  const t = useT(problemsStrings);
  const tUi = useT(uiStrings);
  const format = useFormat();
  const queryClient = useQueryClient();
  const run = useQuery(trpc.problems.clustering.queryOptions({ botId }));
  const { queryKey } = trpc.problems.clustering.queryOptions({ botId });
  useSubscription(
    trpc.problems.clusteringChanges.subscriptionOptions(
      { botId },
      { onData: (next) => queryClient.setQueryData(queryKey, next) },
    ),
  );
  const start = useMutation(
    trpc.problems.recluster.mutationOptions({
      onSuccess: (next) => queryClient.setQueryData(queryKey, next),
      onError: (error) => toast.failed(explainError(error, tUi)),
    }),
  );
  const current = run.data ?? null;
  const isUnderWay = current?.status === "waiting" || current?.status === "running";
  const words =
    current === null
      ? null
      : {
          waiting: () => t("recluster.waiting"),
          running: () =>
            t("recluster.running", {
              done: format.number(current.done),
              total: format.number(current.total),
            }),
          done: () =>
            t("recluster.done", {
              before: format.number(current.problemsBefore ?? 0),
              after: format.number(current.problemsAfter ?? 0),
            }),
          failed: () => t("recluster.failed", { reason: current.failure ?? "" }),
        }[current.status]();
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button
        icon={<Group className="size-4" aria-hidden />}
        pending={start.isPending || isUnderWay}
        onClick={() => start.mutate({ botId })}
      >
        {t("recluster")}
      </Button>
      <p aria-live="polite" className="text-13 text-ink-2">
        {words}
      </p>
      {isUnderWay && current.total > 0 ? (
        <div className="w-40">
          <ProgressBar value={(100 * current.done) / current.total} label={t("recluster")} />
        </div>
      ) : null}
    </div>
  );
}
