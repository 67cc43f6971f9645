import { useMutation } from "@tanstack/react-query";
import { useEffect } from "react";
import { queryClient, trpc } from "../../lib/trpc.ts";

/** Marks the customer's messages as read while somebody looks at them. */
export function useReadMark(id: string, unread: number, mayAnswer: boolean): void {
  const { mutate } = useMutation(
    trpc.conversations.markRead.mutationOptions({
      onSuccess: (_, { id }) => {
        queryClient.setQueryData(trpc.conversations.get.queryKey({ id }), (now) =>
          now ? { ...now, unread: 0 } : now,
        );
        void queryClient.invalidateQueries(trpc.conversations.list.pathFilter());
      },
    }),
  );
  useEffect(() => {
    if (unread === 0 || !mayAnswer) return;
    const mark = () => {
      if (document.visibilityState === "visible") mutate({ id });
    };
    mark();
    document.addEventListener("visibilitychange", mark);
    return () => document.removeEventListener("visibilitychange", mark);
  }, [id, unread, mayAnswer, mutate]);
}
