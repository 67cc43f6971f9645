import { useMutation } from "@tanstack/react-query";
import { useSyncExternalStore } from "react";
import { trpc } from "../../lib/trpc.ts";
import { attachmentsFor, type MakePlace } from "./attachments.ts";

/** The files of the message that is being written in a conversation, and what can be done with them. */
export function useAttachments(id: string) {
  const store = attachmentsFor(id);
  const files = useSyncExternalStore(store.subscribe, store.read);
  const { mutateAsync } = useMutation(trpc.conversations.attach.mutationOptions());
  const makePlace: MakePlace = (file) => mutateAsync({ id, ...file });
  return {
    files,
    areReady: files.every(({ state }) => state.kind === "ready"),
    add: (added: readonly File[]) => store.add(added, makePlace),
    retry: (key: number) => store.retry(key, makePlace),
    remove: (key: number) => store.remove(key),
  };
}
