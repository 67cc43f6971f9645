import type { UIMessage } from "ai";
import type { AnsweredMessage, Citation } from "../answers/index.ts";
import { type Attachment, namesOf } from "../conversations/index.ts";

/** Beside the AI SDK's message: who wrote it, when, and what lies behind it. */
export interface ChatMetadata {
  createdAt?: string;
  author?: { kind: AnsweredMessage["author"]; name: string | null };
  state?: AnsweredMessage["state"];
  /** A note among colleagues. */
  internal?: boolean;
  conversationId?: string;
  answerId?: string | null;
  rating?: "up" | "down" | null;
}

export type ChatDataParts = {
  stage: { stage: string; ms: number; summary: string };
  verification: Pick<
    NonNullable<AnsweredMessage["answer"]>,
    "verdict" | "confidence" | "mode" | "model" | "claims"
  > & {
    notice: string | null;
  };
  handoff: { offered: true; reason: string };
  delivered: { to: "agent" };
  /** A file of the message. A link to its bytes is asked for when somebody opens it. */
  attachment: Attachment;
  /** All parts before it are taken back: a document that they rest on was deleted or replaced. */
  retracted: Record<string, never>;
};

export type ChatMessage = UIMessage<ChatMetadata, ChatDataParts>;

/** A source as the AI SDK has it; the place in the document travels under `parlance`. */
export function toSource(citation: Citation) {
  return {
    type: "source-document" as const,
    sourceId: String(citation.number),
    mediaType: "text/plain",
    title: citation.documentName,
    providerMetadata: { parlance: { ...citation } },
  };
}

/** A kept message in the AI SDK's shape, so that every client shows history as it shows a stream. */
export function toUiMessage(message: AnsweredMessage): ChatMessage {
  const { answer, attachments } = message;
  // without words of the sender's the names stand in lists; here the files themselves are shown
  const isOnlyFiles = attachments.length > 0 && message.text === namesOf(attachments);
  const parts: ChatMessage["parts"] = [
    ...(answer?.citations ?? []).map(toSource),
    { type: "text", text: isOnlyFiles ? "" : message.text },
    ...attachments.map((data) => ({ type: "data-attachment" as const, data })),
  ];
  if (answer) {
    const { verdict, confidence, mode, model, claims } = answer;
    parts.push({
      type: "data-verification",
      data: { verdict, confidence, mode, model, claims, notice: null },
    });
  }
  const isFromCustomer = message.author === "customer";
  return {
    // under the sender's own id, so that the sender's client knows it for the one it shows already
    id: (isFromCustomer && message.clientId) || message.id,
    role: isFromCustomer ? "user" : "assistant",
    parts,
    metadata: {
      createdAt: message.createdAt.toISOString(),
      author: { kind: message.author, name: message.authorName },
      state: message.state,
      ...(message.internal ? { internal: true } : {}),
      answerId: answer?.id ?? null,
      rating: answer?.rating ?? null,
    },
  };
}
