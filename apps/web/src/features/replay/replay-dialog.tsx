import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useT } from "../../lib/i18n.ts";
import { trpc } from "../../lib/trpc.ts";
import { Button, Dialog, ErrorState, explainError, Skeleton, uiStrings } from "../../ui/index.ts";
import { DraftFields, useDraft } from "../quality/evaluations/draft-fields.tsx";
import { replayStrings } from "./strings.ts";

/** Asks what to try, starts the replay and leads to where it is seen. */
export default function ReplayDialog({
  conversationId,
  answerId,
  onClose,
}: {
  conversationId: string;
  answerId?: string;
  onClose: () => void;
}) {
  const t = useT(replayStrings);
  const ui = useT(uiStrings);
  const navigate = useNavigate();
  const conversation = useQuery(trpc.conversations.get.queryOptions({ id: conversationId }));
  const { draft, isReady, fields } = useDraft();
  const start = useMutation(
    trpc.evaluations.replay.start.mutationOptions({
      onSuccess: ({ id }) => void navigate({ to: "/quality", search: { tab: "evaluations", replay: id } }),
    }),
  );
  const botId = conversation.data?.bot?.id;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("title")}
      description={t(answerId === undefined ? "text.conversation" : "text.answer")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button
            variant="primary"
            disabled={!isReady || botId === undefined}
            pending={start.isPending}
            onClick={() => start.mutate({ conversationId, ...(answerId ? { answerId } : {}), ...draft })}
          >
            {t("start")}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {start.isError ? (
          <p role="alert" className="rounded-control bg-bad-soft px-3 py-2 text-13 text-bad">
            {explainError(start.error, ui)}
          </p>
        ) : null}
        {conversation.isError ? (
          <ErrorState error={conversation.error} onRetry={() => void conversation.refetch()} />
        ) : botId === undefined ? (
          <Skeleton className="h-40" />
        ) : (
          <DraftFields botId={botId} fields={fields} />
        )}
      </div>
    </Dialog>
  );
}
