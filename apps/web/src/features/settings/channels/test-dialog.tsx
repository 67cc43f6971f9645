import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useT } from "../../../lib/i18n.ts";
import { queryClient, trpc } from "../../../lib/trpc.ts";
import {
  ErrorState,
  explainError,
  FormDialog,
  Select,
  Skeleton,
  StatusDot,
  TextField,
  uiStrings,
} from "../../../ui/index.ts";
import type { Kind } from "./kinds.ts";
import { channelStrings } from "./strings.ts";

/** Sends a message to try a channel, and waits to see what becomes of it. */
export default function TestDialog({ kind, onClose }: { kind: Kind; onClose: () => void }) {
  const t = useT(channelStrings);
  const ui = useT(uiStrings);
  const [missing, setMissing] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const channels = useQuery(
    trpc.communication.listChannels.queryOptions({ kind }, { enabled: kind === "slack", retry: false }),
  );
  const channel = chosen ?? channels.data?.[0]?.id ?? "";
  const send = useMutation(
    trpc.communication.send.mutationOptions({
      onSettled: () => queryClient.invalidateQueries(trpc.communication.pathFilter()),
    }),
  );

  function submit(values: FormData) {
    const to = kind === "slack" ? channel : String(values.get("to") ?? "").trim();
    setMissing(to === "");
    if (to !== "") send.mutate({ kind, to, text: String(values.get("text") ?? "") });
  }

  return (
    <FormDialog
      onClose={onClose}
      title={t("test.title", { kind: t(`${kind}.title`) })}
      submitLabel={t("test.send")}
      pending={send.isPending}
      failure={send.isError ? explainError(send.error, ui) : null}
      onSubmit={submit}
    >
      {kind === "slack" ? (
        channels.isPending ? (
          <Skeleton className="h-14" />
        ) : channels.isError ? (
          <ErrorState error={channels.error} onRetry={() => void channels.refetch()} />
        ) : channels.data.length === 0 ? (
          <p className="text-14 text-ink-2">{t("test.noChannels")}</p>
        ) : (
          <Select
            label={t("test.channel")}
            value={channel}
            options={channels.data.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={setChosen}
          />
        )
      ) : (
        <TextField
          label={t("test.number")}
          name="to"
          type="tel"
          dir="ltr"
          placeholder="+14155550123"
          hint={t("test.number.hint")}
          error={missing ? t("form.missing") : null}
        />
      )}
      <TextField
        label={t("test.message")}
        name="text"
        dir="auto"
        maxLength={500}
        defaultValue={t("test.usual")}
      />
      <div aria-live="polite">{send.data ? <Outcome messageId={send.data.id} /> : null}</div>
    </FormDialog>
  );
}

/** What became of the message: looked at again until it is settled. */
function Outcome({ messageId }: { messageId: string }) {
  const t = useT(channelStrings);
  const history = useQuery(
    trpc.communication.history.queryOptions(
      {},
      {
        refetchInterval: ({ state }) =>
          state.data?.items.find(({ id }) => id === messageId)?.status === "queued" ? 1_000 : false,
      },
    ),
  );
  const message = history.data?.items.find(({ id }) => id === messageId);
  if (message?.status === "sent") return <StatusDot tone="good" label={t("test.sent")} />;
  if (message?.status === "delivered") return <StatusDot tone="good" label={t("message.delivered")} />;
  if (message?.status === "failed" || message?.status === "undelivered") {
    return <p className="text-13 text-bad">{t("test.failed", { reason: message.failure ?? "" })}</p>;
  }
  return (
    <div className="flex flex-col gap-1">
      <StatusDot tone="info" pulse label={t("test.waiting")} />
      {message?.failure ? <p className="text-13 text-ink-2">{message.failure}</p> : null}
    </div>
  );
}
