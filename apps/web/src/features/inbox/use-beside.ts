import { useMutation } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useEffect, useRef, useState } from "react";
import { queryClient, trpc } from "../../lib/trpc.ts";

/** Milliseconds after which somebody who gave no sign is gone: the server tells of each every 15 seconds. */
const forgottenAfter = 32_000;
/** Milliseconds that writing lasts without being told of again. */
const typingLasts = 6_000;
const tellTypingEvery = 3_000;

export interface Person {
  userId: string;
  name: string;
  /** What they write, if they write. */
  writes: "reply" | "note" | null;
}

interface Seen {
  name: string;
  lookedAt: number;
  writes: Person["writes"];
  wroteAt: number;
}

export interface BesideState {
  /** Colleagues who look at the conversation too. */
  people: Person[];
  customerWrites: boolean;
}

/** Who else looks at a conversation and who writes there, as of the last few seconds. */
export function useBeside(id: string, isAllowed: boolean): BesideState {
  const seen = useRef(new Map<string, Seen>());
  const customerWroteAt = useRef(Number.NEGATIVE_INFINITY);
  const [state, setState] = useState<BesideState>({ people: [], customerWrites: false });

  const show = useRef(() => {
    const now = Date.now();
    for (const [userId, { lookedAt }] of seen.current) {
      if (now - lookedAt > forgottenAfter) seen.current.delete(userId);
    }
    const next = {
      people: [...seen.current].map(([userId, { name, writes, wroteAt }]) => ({
        userId,
        name,
        writes: now - wroteAt < typingLasts ? writes : null,
      })),
      customerWrites: now - customerWroteAt.current < typingLasts,
    };
    setState((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
  });
  useEffect(() => {
    const timer = setInterval(() => show.current(), 1_000);
    return () => clearInterval(timer);
  }, []);

  useSubscription(
    trpc.conversations.beside.subscriptionOptions(
      { id },
      {
        enabled: isAllowed,
        onData(told) {
          const now = Date.now();
          if (told.type === "customer_typing") customerWroteAt.current = now;
          else if (told.type === "customer_read") {
            void queryClient.invalidateQueries(trpc.conversations.get.queryFilter({ id }));
          } else if (told.type === "looking" && !told.isLooking) seen.current.delete(told.userId);
          else {
            const before = seen.current.get(told.userId) ?? {
              writes: null,
              wroteAt: Number.NEGATIVE_INFINITY,
            };
            const writing =
              told.type === "typing"
                ? told.isTyping
                  ? { writes: told.internal ? ("note" as const) : ("reply" as const), wroteAt: now }
                  : { writes: null, wroteAt: before.wroteAt }
                : before;
            seen.current.set(told.userId, { ...before, ...writing, name: told.name, lookedAt: now });
          }
          show.current();
        },
      },
    ),
  );
  return state;
}

/** Tells colleagues, and the customer unless it is a note, that one writes: at once, and every 3 seconds again. */
export function useTellTyping(id: string): (isTyping: boolean, internal: boolean) => void {
  const { mutate } = useMutation(trpc.conversations.typing.mutationOptions());
  const toldAt = useRef(Number.NEGATIVE_INFINITY);
  return (isTyping, internal) => {
    const now = Date.now();
    if (isTyping ? now - toldAt.current < tellTypingEvery : !Number.isFinite(toldAt.current)) return;
    toldAt.current = isTyping ? now : Number.NEGATIVE_INFINITY;
    mutate({ id, isTyping, internal });
  };
}
