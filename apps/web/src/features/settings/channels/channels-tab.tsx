import { useMutation, useQuery } from "@tanstack/react-query";
import { lazy, Suspense, startTransition, useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { may, useSession } from "../../../lib/session.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import { ConfirmDialog, ErrorState, Skeleton, toast } from "../../../ui/index.ts";
import { ChannelCard } from "./channel-card.tsx";
import { HistoryPanel } from "./history-panel.tsx";
import { channelKinds, type KindOfChannel } from "./kinds.ts";
import { channelStrings } from "./strings.ts";

const ConnectDialog = lazy(() => import("./connect-dialog.tsx"));
const TestDialog = lazy(() => import("./test-dialog.tsx"));

export type Act = "connect" | "test" | "disconnect";

/** By what people outside are reached: what is connected, whether it works, and what was sent. */
export function ChannelsTab() {
  const mayManage = may(useSession(), "manage channels");
  const [doing, setDoing] = useState<{ act: Act; of: KindOfChannel } | null>(null);
  const connections = useQuery(trpc.communication.listConnections.queryOptions());
  const find = ({ kind }: KindOfChannel) => connections.data?.find((one) => one.kind === kind) ?? null;
  const close = () => setDoing(null);
  if (connections.isPending) return <Skeleton className="h-64" />;
  if (connections.isError) {
    return <ErrorState error={connections.error} onRetry={() => void connections.refetch()} />;
  }
  return (
    <>
      {channelKinds.map((of) => (
        <ChannelCard
          key={of.kind}
          of={of}
          connection={find(of)}
          mayManage={mayManage}
          onAct={(act) => startTransition(() => setDoing({ act, of }))}
        />
      ))}
      <HistoryPanel />
      <Suspense>
        {doing === null ? null : doing.act === "connect" ? (
          <ConnectDialog of={doing.of} current={find(doing.of)} onClose={close} />
        ) : doing.act === "test" ? (
          <TestDialog kind={doing.of.kind} onClose={close} />
        ) : (
          <DisconnectDialog of={doing.of} onClose={close} />
        )}
      </Suspense>
    </>
  );
}

function DisconnectDialog({ of: { kind }, onClose }: { of: KindOfChannel; onClose: () => void }) {
  const t = useT(channelStrings);
  const disconnect = useMutation(trpc.communication.disconnect.mutationOptions());
  const title = t(`${kind}.title`);
  async function confirm() {
    await disconnect.mutateAsync({ kind });
    await queryClient.invalidateQueries(trpc.communication.pathFilter());
    toast.done(t("disconnected", { kind: title }));
  }
  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={t("disconnect.title", { kind: title })}
      description={t("disconnect.text")}
      confirmLabel={t("disconnect.action")}
      onConfirm={confirm}
    />
  );
}
