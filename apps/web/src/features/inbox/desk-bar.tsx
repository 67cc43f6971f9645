import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type RefObject, useEffect } from "react";
import { useT } from "../../lib/i18n.ts";
import { queryClient, trpc } from "../../lib/trpc.ts";
import { Button, explainError, Kbd, toast, uiStrings } from "../../ui/index.ts";
import { StatusSwitch } from "../routing/index.tsx";
import { deskStrings } from "./desk.strings.ts";

/** Whether one takes conversations, how many one has in hand, and the next one that waits: for whoever answers some. */
export default function DeskBar({ takeNext }: { takeNext: RefObject<(() => void) | null> }) {
  const t = useT(deskStrings);
  const ui = useT(uiStrings);
  const navigate = useNavigate();
  const queue = useQuery(trpc.routing.queue.queryOptions({}, { refetchInterval: 20_000 }));
  const next = useMutation(
    trpc.routing.assignNext.mutationOptions({
      onSuccess({ outcome, conversation }) {
        if (outcome === "at_capacity") toast.failed(t("next.full"), t("next.full.text"));
        else if (conversation === null) toast.done(t("next.none"));
        else {
          void navigate({
            to: "/inbox/$conversationId",
            params: { conversationId: conversation.id },
            search: { view: "mine" },
          });
        }
      },
      onError: (error) => toast.failed(t("next.failed"), explainError(error, ui)),
      onSettled() {
        void queryClient.invalidateQueries(trpc.routing.pathFilter());
        void queryClient.invalidateQueries(trpc.conversations.pathFilter());
      },
    }),
  );
  useEffect(() => {
    takeNext.current = () => {
      if (!next.isPending) next.mutate({});
    };
    return () => {
      takeNext.current = null;
    };
  });
  if (!queue.data) return null;
  const { currentCount, maxConcurrent, waitingCount } = queue.data;
  return (
    <div className="flex flex-wrap items-center gap-2 px-4 pt-2">
      <StatusSwitch className="w-36" />
      <Button size="sm" pending={next.isPending} onClick={() => next.mutate({})}>
        {t("next")}{" "}
        <span className="hidden xl:inline">
          <Kbd>G</Kbd>
        </span>
      </Button>
      <p className="w-full text-12 text-ink-2">
        {t("load", { taken: currentCount, capacity: maxConcurrent })}
        {" · "}
        {t("waiting", { count: waitingCount })}
      </p>
    </div>
  );
}
