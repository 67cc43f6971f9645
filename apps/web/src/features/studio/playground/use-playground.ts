import { useChat } from "@ai-sdk/react";
import { useMutation } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { DefaultChatTransport } from "ai";
import { useMemo, useState } from "react";
import { useLanguage } from "../../../lib/i18n.ts";
import type { Bot, ChatMessage } from "../../../lib/models.ts";
import { useSession } from "../../../lib/session.ts";
import { csrfHeaders, queryClient, trpc } from "../../../lib/trpc.ts";
import { fromLive, type LiveMessage, toLive } from "./chat-message.ts";
import { postHandoff } from "./post-handoff.ts";
import { keepConversationId } from "./use-conversation-id.ts";

/** A person was offered, and why; or was asked already. */
export type Handoff = { kind: "offered"; reason: string } | { kind: "asked" };

/** What a conversation already holds when it is taken up. */
export interface History {
  messages: ChatMessage[];
  /** A colleague has it, or was asked for. */
  withPerson: boolean;
}

/** One conversation with a bot: what was said, what is being done, and what can be done. */
export function usePlayground(bot: Pick<Bot, "id" | "name">, conversationId: string, history: History) {
  const { id: botId, name: botName } = bot;
  const { user } = useSession();
  const language = useLanguage();
  /** The stage that the answer under way has passed last. */
  const [stage, setStage] = useState<string | null>(null);
  const [handoff, setHandoff] = useState<Handoff | null>(history.withPerson ? { kind: "asked" } : null);
  const transport = useMemo(
    () => new DefaultChatTransport<LiveMessage>({ api: "/api/chat", body: { botId }, headers: csrfHeaders }),
    [botId],
  );
  const chat = useChat<LiveMessage>({
    id: conversationId,
    messages: toLive(history.messages),
    transport,
    throttle: 50,
    // the answer may have cost something, or found the budget used up
    onFinish: () => void queryClient.invalidateQueries(trpc.budget.pathFilter()),
    onData: (part) => {
      if (part.type === "data-stage") setStage(part.data.stage);
      if (part.type === "data-handoff" && part.data.offered) {
        setHandoff({ kind: "offered", reason: part.data.reason });
      }
      if (part.type === "data-delivered") setHandoff({ kind: "asked" });
    },
  });
  const busy = chat.status === "submitted" || chat.status === "streaming";

  // A colleague's words come by the server's own record of the conversation.
  useSubscription(
    trpc.conversations.changes.subscriptionOptions(
      {},
      {
        enabled: handoff?.kind === "asked",
        onStarted: () => void takeOverHistory(),
        onData: (change) => {
          if (change.conversationId === conversationId) void takeOverHistory();
        },
      },
    ),
  );
  async function takeOverHistory() {
    const { messages } = await queryClient.fetchQuery(
      trpc.conversations.get.queryOptions({ id: conversationId }, { staleTime: 0 }),
    );
    if (!busy) chat.setMessages(toLive(messages));
  }

  const ask = useMutation({
    mutationFn: () => postHandoff(conversationId, language),
    onSuccess: () => setHandoff({ kind: "asked" }),
  });

  // A stream names nobody; the server's record, which replaces it later, does.
  const messages = useMemo(
    () => fromLive(chat.messages).map((message) => withBotName(message, botName)),
    [chat.messages, botName],
  );

  function prepare() {
    setStage(null);
    setHandoff((now) => (now?.kind === "asked" ? now : null));
    chat.clearError();
  }
  return {
    messages,
    busy,
    stage: busy ? stage : null,
    error: chat.error ?? null,
    handoff,
    askForPerson: ask,
    send: (text: string) => {
      prepare();
      keepConversationId(botId, conversationId);
      void chat.sendMessage({ text, metadata: ownMetadata(user.name) });
    },
    /** Asks the last question again; the server answers one question once, however often it is sent. */
    retry: () => {
      prepare();
      void chat.regenerate();
    },
    stop: () => void chat.stop(),
  };
}

export type Playground = ReturnType<typeof usePlayground>;

function ownMetadata(name: string): NonNullable<LiveMessage["metadata"]> {
  return { createdAt: new Date().toISOString(), author: { kind: "customer", name } };
}

function withBotName(message: ChatMessage, name: string): ChatMessage {
  const { metadata } = message;
  if (metadata?.author?.kind !== "bot" || metadata.author.name !== null) return message;
  return { ...message, metadata: { ...metadata, author: { kind: "bot", name } } };
}
