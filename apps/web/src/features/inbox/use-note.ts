import { useMutation } from "@tanstack/react-query";
import { useT } from "../../lib/i18n.ts";
import { queryClient, trpc } from "../../lib/trpc.ts";
import { explainError } from "../../ui/explain-error.ts";
import { uiStrings } from "../../ui/strings.ts";
import { filesArrived, sendFilesWith, takeFilesBack } from "./attachments.ts";

/** Keeps notes for colleagues. One that was not kept is handed to `onFailed` with the reason. */
export function useNote(id: string, onFailed: (text: string, reason: string) => void) {
  const ui = useT(uiStrings);
  const note = useMutation(
    trpc.conversations.addNote.mutationOptions({
      onSuccess: (message, { clientId }) => {
        filesArrived(clientId);
        queryClient.setQueryData(trpc.conversations.get.queryKey({ id }), (now) =>
          now === undefined || now.messages.some((each) => each.id === message.id)
            ? now
            : { ...now, messages: [...now.messages, message] },
        );
      },
      onError: (error, { text, clientId }) => {
        takeFilesBack(clientId, id);
        onFailed(text, explainError(error, ui));
      },
    }),
  );
  return (text: string) => {
    const clientId = crypto.randomUUID();
    note.mutate({ id, text, clientId, ...sendFilesWith(clientId, id) });
  };
}
