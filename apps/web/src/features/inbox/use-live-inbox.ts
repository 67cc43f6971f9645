import { useSubscription } from "@trpc/tanstack-react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { queryClient, trpc } from "../../lib/trpc.ts";
import { waitsForUs } from "./views.ts";

/** At most one refetch in this time, however many events arrive: a streaming answer makes many. */
const gatherMs = 150;

export interface LiveInbox {
  /** Conversations that began to wait for a person since the page was opened, until they are looked at. */
  fresh: ReadonlySet<string>;
  /** The connection was lost and is being made again. */
  reconnecting: boolean;
}

/** Follows every change of the tenant's conversations, and fetches again what changed. */
export function useLiveInbox(openId: string | undefined): LiveInbox {
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  const [wasConnected, setWasConnected] = useState(false);
  const changed = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const open = useRef(openId);
  open.current = openId;

  const refetchSoon = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      const ids = [...changed.current];
      changed.current.clear();
      void queryClient.invalidateQueries(trpc.conversations.list.pathFilter());
      void queryClient.invalidateQueries(trpc.routing.queue.pathFilter());
      for (const id of ids) void queryClient.invalidateQueries(trpc.conversations.get.queryFilter({ id }));
    }, gatherMs);
  }, []);

  useEffect(() => () => clearTimeout(timer.current), []);

  // What is looked at is no longer news.
  useEffect(() => {
    if (openId === undefined) return;
    setFresh((now) => (now.has(openId) ? new Set([...now].filter((id) => id !== openId)) : now));
  }, [openId]);

  const { status } = useSubscription(
    trpc.conversations.changes.subscriptionOptions(
      {},
      {
        // Whatever happened while there was no connection is in the lists, not in the events.
        onStarted: () => {
          setWasConnected(true);
          void queryClient.invalidateQueries(trpc.conversations.pathFilter());
        },
        onData: (change) => {
          if (change.type === "survey") {
            const { conversationId } = change;
            void queryClient.invalidateQueries(trpc.surveys.ofConversation.queryFilter({ conversationId }));
            return;
          }
          if (
            change.type !== "message" &&
            waitsForUs(change.status) &&
            change.conversationId !== open.current
          ) {
            setFresh((now) =>
              now.has(change.conversationId) ? now : new Set([...now, change.conversationId]),
            );
          }
          changed.current.add(change.conversationId);
          refetchSoon();
        },
      },
    ),
  );
  return { fresh, reconnecting: wasConnected && status !== "pending" };
}
