import { useMutation, useQuery } from "@tanstack/react-query";
import { useT } from "../../lib/i18n.ts";
import { may, useSession } from "../../lib/session.ts";
import { queryClient, trpc } from "../../lib/trpc.ts";
import { explainError, Select, toast, uiStrings } from "../../ui/index.ts";
import { routingStrings } from "./strings.ts";

const statuses = ["available", "busy", "away", "offline"] as const;

/** Whether one takes conversations: for whoever answers some, nothing for others. */
export function StatusSwitch({ className }: { className?: string }) {
  const session = useSession();
  return may(session, "answer conversations") ? <Switch className={className} /> : null;
}

function Switch({ className }: { className?: string | undefined }) {
  const t = useT(routingStrings);
  const ui = useT(uiStrings);
  const queue = useQuery(trpc.routing.queue.queryOptions({}));
  const change = useMutation(
    trpc.routing.setStatus.mutationOptions({
      onError: (error) => toast.failed(t("status.failed"), explainError(error, ui)),
      onSettled: () => queryClient.invalidateQueries(trpc.routing.pathFilter()),
    }),
  );
  if (!queue.data) return null;
  return (
    <Select
      label={t("status")}
      labelHidden
      {...(className ? { className } : {})}
      disabled={change.isPending}
      value={change.isPending ? (change.variables.status ?? queue.data.status) : queue.data.status}
      options={statuses.map((value) => ({ value, label: t(`status.${value}`) }))}
      onChange={(status) => change.mutate({ status })}
    />
  );
}
