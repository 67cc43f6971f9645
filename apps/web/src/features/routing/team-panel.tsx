import { useMutation, useQuery } from "@tanstack/react-query";
import { useT } from "../../lib/i18n.ts";
import { may, useSession } from "../../lib/session.ts";
import { queryClient, trpc } from "../../lib/trpc.ts";
import { ErrorState, explainError, Panel, Select, Skeleton, toast, uiStrings } from "../../ui/index.ts";
import { routingStrings } from "./strings.ts";

const statuses = ["available", "busy", "away", "offline"] as const;

/** Everybody who answers conversations, with their status and how many they have. */
export function TeamPanel() {
  const t = useT(routingStrings);
  const ui = useT(uiStrings);
  const mayManage = may(useSession(), "manage routing");
  const team = useQuery(trpc.routing.presence.queryOptions());
  const change = useMutation(
    trpc.routing.setStatus.mutationOptions({
      onError: (error) => toast.failed(t("not.saved"), explainError(error, ui)),
      onSettled: () => queryClient.invalidateQueries(trpc.routing.pathFilter()),
    }),
  );
  return (
    <Panel title={t("team.title")} description={<p className="max-w-prose">{t("team.text")}</p>}>
      {team.isPending ? (
        <Skeleton className="h-16" />
      ) : team.isError ? (
        <ErrorState error={team.error} title={t("team.failed")} onRetry={() => void team.refetch()} />
      ) : team.data.items.length === 0 ? (
        <p className="text-14 text-ink-2">{t("team.none")}</p>
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {team.data.items.map(({ agentId, name, status, currentCount, capacity }) => (
            <li key={agentId} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
              <span className="min-w-0 grow truncate text-14 text-match" dir="auto">
                {name}
              </span>
              <span className="text-13 text-ink-2">{t("load", { taken: currentCount, capacity })}</span>
              <Select
                className="w-36"
                label={t("change", { name })}
                labelHidden
                disabled={!mayManage || change.isPending}
                value={status}
                options={statuses.map((value) => ({ value, label: t(`status.${value}`) }))}
                onChange={(next) => change.mutate({ agentId, status: next })}
              />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
