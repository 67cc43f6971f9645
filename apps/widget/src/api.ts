import type { Config } from "./config.ts";
import { readEvents, type ServerEvent } from "./stream.ts";
import type { Chunk, HandoffResult, Message, Rating, Session } from "./types.ts";

/** Twice the server's heartbeat of 30 s, and some: after this long without a byte the line is dead. */
const SILENCE_MS = 75_000;

/** A refusal by the server, by its HTTP status. */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number) {
    super(`HTTP ${status}`);
    this.status = status;
  }
}

/** Who speaks, and in which conversation. */
export type Credentials = Pick<Session, "token" | "conversationId">;

export type Api = ReturnType<typeof createApi>;

/**
 * The widget's side of the server's contract. Every call throws ApiError for a refusal, TypeError
 * when the network fails and AbortError when its signal fires.
 *
 * @param config read at each call: the page may say later who its visitor is
 */
export function createApi(config: Config) {
  async function call(method: string, path: string, token?: string, init: RequestInit = {}) {
    const response = await fetch(`${config.api}/api${path}`, {
      ...init,
      method,
      headers: {
        "content-type": "application/json",
        ...(token && { authorization: `Bearer ${token}` }),
        ...init.headers,
      },
      credentials: "omit",
    });
    if (!response.ok) throw new ApiError(response.status);
    return response;
  }

  function post(path: string, body: unknown, token?: string, init?: RequestInit) {
    return call("POST", path, token, { ...init, body: JSON.stringify(body) });
  }

  const chatPath = (who: Credentials) => `/chat/${who.conversationId}`;

  return {
    /** Opens a conversation, or resumes the open one of the visitor whom the token names. */
    async session(token: string | undefined, locale: string): Promise<Session> {
      const path = `/widget/${encodeURIComponent(config.widgetId)}/session`;
      return (await post(path, { token, locale, identityToken: config.identity })).json();
    },

    /** Sends a question and yields the answer's chunks. Sending the same message id again is safe. */
    async *ask(
      who: Credentials,
      question: Message,
      signal: AbortSignal,
    ): AsyncGenerator<Chunk, void, undefined> {
      const body = { id: who.conversationId, messages: [question] };
      const response = await post("/chat", body, who.token, { signal });
      for await (const { data } of events(response)) {
        if (data === "[DONE]") return;
        yield JSON.parse(data);
      }
    },

    /** Yields what happens in the conversation, from the event after `lastEventId` on. */
    async *follow(who: Credentials, lastEventId: string, signal: AbortSignal): AsyncGenerator<ServerEvent> {
      const headers = { "last-event-id": lastEventId };
      yield* events(await call("GET", `${chatPath(who)}/stream`, who.token, { headers, signal }));
    },

    /** Asks for a person; again with an address to be answered by email. */
    async handoff(
      who: Credentials,
      body: { reason?: string; email?: string; locale?: string },
    ): Promise<HandoffResult> {
      return (await post(`${chatPath(who)}/handoff`, body, who.token)).json();
    },

    /** Tells the agents that the visitor writes, or has read. */
    tell: (who: Credentials, what: "typing" | "read") => post(`${chatPath(who)}/${what}`, {}, who.token),

    /** Rates one finished answer; a second rating replaces the first. */
    rate: (who: Credentials, answerId: string, rating: Rating) =>
      post(`${chatPath(who)}/feedback`, { answerId, rating }, who.token, { keepalive: true }),
  };
}

function events({ body }: Response) {
  return readEvents(body ?? new ReadableStream(), SILENCE_MS);
}
