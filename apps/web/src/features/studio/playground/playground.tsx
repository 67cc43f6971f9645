import { useQuery } from "@tanstack/react-query";
import { SquarePen } from "lucide-react";
import { useT } from "../../../lib/i18n.ts";
import type { Bot, ConversationDetail } from "../../../lib/models.ts";
import { trpc } from "../../../lib/trpc.ts";
import { Button, Skeleton } from "../../../ui/index.ts";
import { ChatFailure } from "./chat-failure.tsx";
import { Composer } from "./composer.tsx";
import { FirstQuestions } from "./first-questions.tsx";
import { HandoffCard } from "./handoff-card.tsx";
import { MessageLog } from "./message-log.tsx";
import { playgroundStrings } from "./strings.ts";
import { useConversationId } from "./use-conversation-id.ts";
import { type History, usePlayground } from "./use-playground.ts";

/** The bot as its visitors will meet it, always there while it is being made. */
export function Playground({ bot }: { bot: Bot }) {
  const t = useT(playgroundStrings);
  const { id, restored, renew } = useConversationId(bot.id);
  const kept = useQuery(
    trpc.conversations.get.queryOptions(
      { id },
      {
        enabled: restored,
        placeholderData: undefined,
        staleTime: Number.POSITIVE_INFINITY,
        // What is said from here on is not in this copy.
        gcTime: 0,
      },
    ),
  );
  return (
    <section aria-label={t("title")} className="flex min-h-0 grow flex-col">
      <div className="flex h-[37px] shrink-0 items-center gap-2 border-b border-line ps-4 pe-2">
        <h2 className="grow text-14 font-semibold">{t("title")}</h2>
        <Button size="sm" variant="ghost" icon={<SquarePen className="size-4" aria-hidden />} onClick={renew}>
          {t("new")}
        </Button>
      </div>
      {restored && kept.isPending ? (
        <div role="status" aria-label={t("loading")} className="flex grow flex-col gap-3 p-4">
          <Skeleton className="h-14" />
          <Skeleton className="h-24" />
        </div>
      ) : (
        // A kept conversation that is gone or cannot be reached begins empty, under the same id.
        <Conversation key={id} bot={bot} conversationId={id} history={historyOf(kept.data)} />
      )}
    </section>
  );
}

function historyOf(kept: ConversationDetail | undefined): History {
  const withPerson = ["escalated", "awaiting_agent", "awaiting_customer"].includes(kept?.status ?? "");
  return { messages: kept?.messages ?? [], withPerson };
}

function Conversation({
  bot,
  conversationId,
  history,
}: {
  bot: Bot;
  conversationId: string;
  history: History;
}) {
  const playground = usePlayground(bot, conversationId, history);
  const { messages, busy, error, handoff, send, stop, retry } = playground;
  const unanswered = !busy && error === null && handoff?.kind !== "asked" && messages.at(-1)?.role === "user";
  return (
    <>
      <MessageLog playground={playground}>
        {messages.length === 0 && !busy ? <FirstQuestions bot={bot} onAsk={send} /> : null}
        {error === null ? null : <ChatFailure error={error} onRetry={retry} />}
        {unanswered ? <Unanswered onRetry={retry} /> : null}
        {busy ? null : <HandoffCard playground={playground} conversationId={conversationId} />}
      </MessageLog>
      <Composer busy={busy} onSend={send} onStop={stop} />
    </>
  );
}

/** A question that was stopped before its answer began. */
function Unanswered({ onRetry }: { onRetry: () => void }) {
  const t = useT(playgroundStrings);
  return (
    <p className="flex items-center gap-2 px-4 py-1 ps-14 text-13 text-ink-2">
      {t("stopped")}
      <Button size="sm" variant="ghost" onClick={onRetry}>
        {t("error.retry")}
      </Button>
    </p>
  );
}
