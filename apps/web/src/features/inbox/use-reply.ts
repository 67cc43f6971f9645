import { useMutation, useMutationState } from "@tanstack/react-query";
import { useT } from "../../lib/i18n.ts";
import type { ChatMessage } from "../../lib/models.ts";
import { useSession } from "../../lib/session.ts";
import { type Inputs, queryClient, trpc } from "../../lib/trpc.ts";
import { explainError } from "../../ui/explain-error.ts";
import { uiStrings } from "../../ui/strings.ts";
import { filesArrived, sendFilesWith, takeFilesBack } from "./attachments.ts";

type Reply = Inputs["conversations"]["reply"];

/** Replies that the server has taken: their own message shows them from then on. */
const delivered = new Set<string>();

export interface ReplySender {
  send: (text: string) => void;
  /** Replies on their way, as the messages that they will become. */
  sending: ChatMessage[];
}

/** Sends replies; each is shown at once. One that fails is taken back and handed to `onFailed` with the reason. */
export function useReply(id: string, onFailed: (text: string, reason: string) => void): ReplySender {
  const ui = useT(uiStrings);
  const { user } = useSession();
  const mutationKey = trpc.conversations.reply.mutationKey();
  const reply = useMutation(
    trpc.conversations.reply.mutationOptions({
      onSuccess: (message, { clientId }) => {
        delivered.add(clientId);
        filesArrived(clientId);
        queryClient.setQueryData(trpc.conversations.get.queryKey({ id }), (now) =>
          now === undefined || now.messages.some((each) => each.id === message.id)
            ? now
            : { ...now, messages: [...now.messages, message] },
        );
        void queryClient.invalidateQueries(trpc.conversations.pathFilter());
      },
      onError: (error, { text, clientId }) => {
        takeFilesBack(clientId, id);
        onFailed(text, explainError(error, ui));
      },
    }),
  );

  const pending = useMutationState({
    filters: { mutationKey, status: "pending" },
    // The cache holds mutations of every kind; these are replies, because their key is the reply's.
    select: (mutation) => ({ reply: mutation.state.variables as Reply, at: mutation.state.submittedAt }),
  });
  const sending = pending
    .filter((each) => each.reply.id === id && !delivered.has(each.reply.clientId))
    .map(
      ({ reply: { clientId, text }, at }): ChatMessage => ({
        id: clientId,
        role: "assistant",
        parts: [{ type: "text", text }],
        metadata: {
          createdAt: new Date(at).toISOString(),
          author: { kind: "agent", name: user.name },
          state: "complete",
        },
      }),
    );

  function send(text: string) {
    const clientId = crypto.randomUUID();
    reply.mutate({ id, text, clientId, ...sendFilesWith(clientId, id) });
  }
  return { send, sending };
}
