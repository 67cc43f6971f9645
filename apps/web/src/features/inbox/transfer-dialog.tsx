import { useMutation, useQuery } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useT } from "../../lib/i18n.ts";
import type { ConversationDetail } from "../../lib/models.ts";
import { useSession } from "../../lib/session.ts";
import { queryClient, trpc } from "../../lib/trpc.ts";
import {
  Button,
  Dialog,
  ErrorState,
  explainError,
  Select,
  Skeleton,
  TextArea,
  toast,
  uiStrings,
} from "../../ui/index.ts";
import { deskStrings } from "./desk.strings.ts";

interface TransferDialogProps {
  conversation: ConversationDetail;
  onClose: () => void;
}

const formId = "transfer";

/** Gives a conversation to a colleague or into a team's queue, with the reason for whoever gets it. */
export default function TransferDialog({ conversation, onClose }: TransferDialogProps) {
  const t = useT(deskStrings);
  const ui = useT(uiStrings);
  const { user } = useSession();
  const people = useQuery(trpc.routing.presence.queryOptions());
  const [to, setTo] = useState("");
  const [reason, setReason] = useState("");
  const [isMissing, setMissing] = useState(false);
  const options = {
    onSuccess() {
      toast.done(t("transfer.done"));
      onClose();
    },
    onSettled() {
      void queryClient.invalidateQueries(trpc.conversations.pathFilter());
      void queryClient.invalidateQueries(trpc.routing.pathFilter());
    },
  };
  const transfer = useMutation(trpc.routing.transfer.mutationOptions(options));
  const assign = useMutation(trpc.routing.assign.mutationOptions(options));
  const { assignee, id: conversationId } = conversation;
  const doing = assignee ? transfer : assign;

  function submit(event: FormEvent) {
    event.preventDefault();
    const [kind, id] = to.split(" ");
    const isWhole = id !== undefined && reason.trim() !== "";
    setMissing(!isWhole);
    if (!isWhole || doing.isPending) return;
    const whom = kind === "team" ? { teamId: id } : { agentId: id };
    const input = { conversationId, reason, ...whom };
    // whoever is seen as its owner: where that changed meanwhile, the server says so
    if (assignee) transfer.mutate({ ...input, fromAgentId: assignee.id });
    else assign.mutate(input);
  }

  const agents = (people.data?.items ?? []).filter(({ agentId }) => agentId !== assignee?.id);
  const others = [
    ...agents.filter(({ agentId }) => agentId !== user.id),
    ...agents.filter(({ agentId }) => agentId === user.id),
  ];
  const teams = [
    ...new Map(
      (people.data?.items ?? []).flatMap((agent) => agent.teams).map((team) => [team.id, team]),
    ).values(),
  ];
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("transfer.title")}
      description={t("transfer.text")}
      footer={
        <>
          <Button onClick={onClose}>{ui("cancel")}</Button>
          <Button type="submit" form={formId} variant="primary" pending={doing.isPending}>
            {t("transfer")}
          </Button>
        </>
      }
    >
      {people.isPending ? (
        <Skeleton className="h-24" />
      ) : people.isError ? (
        <ErrorState error={people.error} onRetry={() => void people.refetch()} />
      ) : (
        <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-4">
          {isMissing || doing.isError ? (
            <p role="alert" className="rounded-control bg-bad-soft px-3 py-2 text-13 text-bad">
              {isMissing
                ? t("transfer.missing")
                : t("transfer.failed", { reason: explainError(doing.error, ui) })}
            </p>
          ) : null}
          <Select
            label={t("transfer.to")}
            value={to}
            options={[
              { value: "", label: t("transfer.choose") },
              ...others.map(({ agentId, name, status, currentCount, capacity }) => ({
                value: `agent ${agentId}`,
                label: t("transfer.person", {
                  name,
                  status: t(`status.${status}`),
                  taken: currentCount,
                  capacity,
                }),
              })),
              ...teams.map(({ id, name }) => ({ value: `team ${id}`, label: t("transfer.team", { name }) })),
            ]}
            onChange={setTo}
          />
          <TextArea
            label={t("transfer.reason")}
            rows={3}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </form>
      )}
    </Dialog>
  );
}
