import { DefaultChatTransport, readUIMessageStream } from "ai";
import { and, asc, eq, inArray } from "drizzle-orm";
import type { ChatMessage } from "../../apps/server/src/modules/chat/index.ts";
import { conversationEvents } from "../../apps/server/src/modules/conversations/conversations.tables.ts";
import type { Db } from "../../apps/server/src/platform/db/index.ts";
import { newId } from "../../apps/server/src/platform/ids/index.ts";
import type { TestServer, TestUser } from "./server.ts";

/** Who asks: a member with a cookie, or a visitor with the token of their session. */
export interface Asker {
  headers: Record<string, string>;
  chatId: string;
  botId?: string;
}

export function userMessage(text: string, id: string = newId()): ChatMessage {
  return { id, role: "user", parts: [{ type: "text", text }] };
}

/** Asks through the AI SDK's own transport and reads the answer with its own reader, as `useChat` does. */
export async function askBot(
  server: TestServer,
  asker: Asker,
  question: string | ChatMessage,
  options: { signal?: AbortSignal; onUpdate?: (message: ChatMessage) => void } = {},
): Promise<ChatMessage> {
  const transport = new DefaultChatTransport<ChatMessage>({
    api: `${server.url}/api/chat`,
    headers: asker.headers,
    ...(asker.botId ? { body: { botId: asker.botId } } : {}),
  });
  const stream = await transport.sendMessages({
    trigger: "submit-message",
    chatId: asker.chatId,
    messageId: undefined,
    messages: [typeof question === "string" ? userMessage(question) : question],
    abortSignal: options.signal,
  });
  let last: ChatMessage | undefined;
  for await (const message of readUIMessageStream<ChatMessage>({ stream, terminateOnError: true })) {
    last = message;
    options.onUpdate?.(message);
  }
  if (!last) throw new Error("The stream held no message.");
  return last;
}

/** The words of a message, as a stream or as tRPC's JSON has it. */
export function textOf(message: { parts: readonly { type: string; text?: unknown }[] }): string {
  return message.parts
    .map((part) => (part.type === "text" && typeof part.text === "string" ? part.text : ""))
    .join("");
}

/** The part of a message that says how its claims were judged. */
export function verificationOf(message: ChatMessage) {
  for (const part of message.parts) if (part.type === "data-verification") return part.data;
  throw new Error("The message has no verification.");
}

/** A message's sources: what the AI SDK calls documents, each with its place in the document. */
export function sourcesOf(message: ChatMessage) {
  return message.parts.flatMap((part) => {
    if (part.type !== "source-document") return [];
    const place = part.providerMetadata?.parlance;
    if (!place) throw new Error("A source has no place.");
    const { documentId, version, startOffset, endOffset, quote } = place;
    return [
      {
        id: part.sourceId,
        title: part.title,
        documentId: String(documentId),
        version: Number(version),
        startOffset: Number(startOffset),
        endOffset: Number(endOffset),
        quote: String(quote),
      },
    ];
  });
}

/** A member who tries a bot in a new chat. */
export function memberChat(user: TestUser, botId: string, chatId: string = newId()): Asker {
  return { headers: user.headers, chatId, botId };
}

export interface Visitor extends Asker {
  token: string;
  conversationId: string;
  status: string;
  lastEventId: number;
  messages: ChatMessage[];
}

/** Opens a visitor's session with a bot's widget, or resumes one by its token. */
export async function openWidget(
  server: TestServer,
  widgetId: string,
  options: { token?: string; origin?: string; locale?: string } = {},
): Promise<Visitor> {
  const response = await fetch(`${server.url}/api/widget/${widgetId}/session`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(options.origin ? { origin: options.origin } : {}) },
    body: JSON.stringify({ token: options.token ?? null, locale: options.locale ?? "en" }),
  });
  const body = await response.json();
  if (!response.ok) throw new Error(`${response.status} ${body.error.code}`);
  const headers = {
    authorization: `Bearer ${body.token}`,
    ...(options.origin ? { origin: options.origin } : {}),
  };
  return { ...body, headers, chatId: body.conversationId };
}

/** A new visitor of the bot's widget. */
export async function visit(server: TestServer, owner: TestUser, botId: string): Promise<Visitor> {
  const widget = await owner.trpc.widgetConfig.getByBotId.query({ botId });
  return openWidget(server, widget.widgetId);
}

export interface ReceivedEvent {
  id: number | null;
  event: string;
  data: unknown;
}

/** Follows a conversation's server-sent events. */
export function followEvents(server: TestServer, conversationId: string, headers: Record<string, string>) {
  return readEvents(`${server.url}/api/chat/${conversationId}/stream`, headers);
}

/** Reads server-sent events. `until` gives those so far once `done` says that they are all. */
export async function readEvents(url: string, headers: Record<string, string>) {
  const controller = new AbortController();
  const response = await fetch(url, {
    headers: { accept: "text/event-stream", ...headers },
    signal: controller.signal,
  });
  const events: ReceivedEvent[] = [];
  const comments: string[] = [];
  let check = () => {};
  let ended = false;
  const reading = (async () => {
    if (!response.ok || !response.body) return;
    const decoder = new TextDecoder();
    let rest = "";
    for await (const bytes of response.body) {
      rest += decoder.decode(bytes, { stream: true });
      const blocks = rest.split("\n\n");
      rest = blocks.pop() ?? "";
      for (const block of blocks) {
        if (block.startsWith(":")) comments.push(block);
        else if (block.trim() !== "") events.push(parseEvent(block.trim()));
      }
      check();
    }
  })()
    .catch(() => {})
    .finally(() => {
      ended = true;
    });
  return {
    status: response.status,
    /** Whether the server has ended the line, or it broke. */
    get ended() {
      return ended;
    },
    response,
    events,
    comments,
    /** Waits until the events satisfy a condition. */
    until(done: (events: ReceivedEvent[]) => boolean): Promise<ReceivedEvent[]> {
      return new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`Not seen. Events: ${JSON.stringify(events).slice(-2_000)}`)),
          15_000,
        );
        check = () => {
          if (!done(events)) return;
          clearTimeout(timer);
          resolve(events);
        };
        check();
      });
    },
    async close() {
      controller.abort();
      await reading;
    },
  };
}

function parseEvent(block: string): ReceivedEvent {
  const fields = new Map(
    block.split("\n").map((line): [string, string] => {
      const at = line.indexOf(":");
      return [line.slice(0, at), line.slice(at + 1).trim()];
    }),
  );
  const id = fields.get("id");
  return {
    id: id === undefined ? null : Number(id),
    event: fields.get("event") ?? "",
    data: JSON.parse(fields.get("data") || "null"),
  };
}

/** The numbers of the events that a customer is told of; those of properties and owners are for colleagues. */
export async function toldNumbers(db: Pick<Db, "withTenant">, tenantId: string, conversationId: string) {
  const isTold = and(
    eq(conversationEvents.conversationId, conversationId),
    inArray(conversationEvents.type, ["message", "status"]),
  );
  const rows = await db.withTenant(tenantId, (tx) =>
    tx.select().from(conversationEvents).where(isTold).orderBy(asc(conversationEvents.sequence)),
  );
  return rows.map(({ sequence }) => sequence);
}
