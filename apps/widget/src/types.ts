/** The wire's words, as far as the widget reads them. Unknown parts, chunks and events are skipped. */

export type Status =
  | "new"
  | "ai_handling"
  | "escalated"
  | "awaiting_agent"
  | "awaiting_customer"
  | "resolved"
  | "closed";

export interface Author {
  kind: "customer" | "bot" | "agent" | "system";
  name?: string;
}

export interface TextPart {
  type: "text";
  text: string;
}

/** A passage that the answer cites as `[number]`. `page` counts from 1. */
export interface SourcePart {
  type: "source-document";
  sourceId: string;
  title?: string;
  providerMetadata?: {
    parlance?: {
      number?: number;
      documentName?: string;
      headingPath?: string[];
      page?: number | null;
      quote?: string;
      source?: { state: "current" | "replaced" | "removed"; updatedAt: string | null };
    };
  };
}

export interface Verification {
  verdict: "correct" | "ambiguous" | "incorrect";
  confidence: number;
  mode: "model" | "extractive" | "abstained" | "withheld";
  claims: { text: string; verdict: string; reasons: string[] }[];
}

export interface VerificationPart {
  type: "data-verification";
  data: Verification;
}

export interface HandoffPart {
  type: "data-handoff";
  data: { offered: boolean; reason?: string };
}

/** A file that was sent; a link to its bytes is asked for when somebody opens it. */
export interface SentFile {
  id: string;
  fileName: string;
  size: number;
}

export interface FilePart {
  type: "data-attachment";
  data: SentFile;
}

export type Part = TextPart | SourcePart | VerificationPart | HandoffPart | FilePart;

export type Rating = "up" | "down";

export interface Metadata {
  createdAt?: string;
  author?: Author;
  answerId?: string;
  state?: "streaming" | "complete" | "interrupted";
  rating?: Rating | null;
}

/** One message of the thread: the AI SDK's UIMessage. */
export interface Message {
  id: string;
  role: "user" | "assistant" | "system";
  parts: Part[];
  /** Of one that is sent: its files, by which the server knows them. */
  attachmentIds?: string[];
  metadata?: Metadata;
}

/** How the tenant wants the widget to look and speak. `primaryColor` is any CSS hex colour. */
export interface Look {
  headerText: string;
  primaryColor: string;
  greeting: string;
  botName: string;
  locale?: string | null;
}

export interface Session {
  token: string;
  conversationId: string;
  status: Status;
  agent?: { name: string } | null;
  lastEventId: number;
  widget: Look;
  messages: Message[];
}

/** The stages of an answer; the server names each when it is done. */
export type ServerStage = "understand" | "retrieve" | "grade" | "answer" | "verify";

/** A chunk of the UI message stream that the widget acts on. */
export type Chunk =
  | { type: "start" | "message-metadata" | "finish"; messageId?: string; messageMetadata?: Metadata }
  | { type: "data-stage"; data: { stage: ServerStage; ms?: number } }
  | SourcePart
  | { type: "text-start"; id: string }
  | { type: "text-delta"; id: string; delta: string }
  | VerificationPart
  | HandoffPart
  | { type: "data-retracted" }
  | { type: "data-delivered"; data: { to: string } }
  | { type: "error" | "abort"; errorText?: string };

export interface HandoffResult {
  status: Status;
  message: string;
  online: boolean;
}

/** Whether a person, not the bot, answers in this state. */
export function isHuman(status: Status): boolean {
  return ["escalated", "awaiting_agent", "awaiting_customer"].includes(status);
}

/** The message's words, without sources and notices. */
export function textOf(message: Message): string {
  return message.parts.map((part) => (part.type === "text" ? part.text : "")).join("");
}

/** Who wrote a message; one without an author is the visitor's or the bot's by its role. */
export function authorOf(message: Message): Author {
  return message.metadata?.author ?? { kind: message.role === "user" ? "customer" : "bot" };
}
