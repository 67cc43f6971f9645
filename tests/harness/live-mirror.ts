import { z } from "zod";
import * as schemas from "../../apps/server/src/modules/live/live.events.schema.ts";
import type { TestServer } from "./server.ts";
import { type SocketClient, socketClient } from "./socket.ts";

/** What a client knows of a conversation from events alone. */
export interface Mirrored {
  state: string;
  assignedAgentId: string | null;
  tags: string[];
  severity: string | null;
  /** By id: their words and whether they are notes. */
  messages: Map<string, { content: string; internal: boolean }>;
}

const numbered = z.object({ conversationId: z.uuid(), sequence: z.number() });
const sinceSchema = z.object({
  ok: z.literal(true),
  upTo: z.number(),
  lastSequence: z.number(),
  events: z.array(z.object({ event: z.string(), data: z.unknown() })),
});

/**
 * A client that stays in step as the README of `live` tells it to: it applies an event whose number is the next, forgets
 * older ones, and asks for what it missed where there is a gap and after each connection.
 */
export function liveMirror(server: Pick<TestServer, "url">, token: string) {
  const client: SocketClient = socketClient(server, token);
  const known = new Map<string, Mirrored>();
  const numbers = new Map<string, number>();
  /** Told twice within one connection, or not in order: there must be none. */
  const faults: string[] = [];
  const told = new Map<string, number>();
  const catchingUp = new Map<string, Promise<void>>();

  function conversation(id: string): Mirrored {
    const found = known.get(id) ?? {
      state: "new",
      assignedAgentId: null,
      tags: [],
      severity: null,
      messages: new Map(),
    };
    known.set(id, found);
    return found;
  }

  function apply(event: string, value: unknown): void {
    if (event === "conversation:message") {
      const { conversationId, message } = schemas.newMessage.parse(value);
      const { content, internal } = message;
      conversation(conversationId).messages.set(message.id, { content, internal });
    } else if (event === "conversation:state_changed") {
      const { conversationId, state } = schemas.stateChanged.parse(value);
      conversation(conversationId).state = state;
    } else if (event === "conversation:assigned") {
      const { conversationId, assignedAgentId } = schemas.assigned.parse(value);
      conversation(conversationId).assignedAgentId = assignedAgentId;
    } else if (event === "conversation:updated") {
      const { conversationId, tags, severity } = schemas.updated.parse(value);
      Object.assign(conversation(conversationId), { tags, severity });
    }
  }

  async function since(id: string): Promise<void> {
    for (;;) {
      const after = numbers.get(id) ?? 0;
      const said = await client.ask("conversation:since", { conversationId: id, after });
      const { events, upTo, lastSequence } = sinceSchema.parse(said);
      for (const { event, data } of events) {
        if (numbered.parse(data).sequence > after) apply(event, data);
      }
      numbers.set(id, Math.max(upTo, numbers.get(id) ?? 0));
      if (upTo >= lastSequence) return;
    }
  }

  function catchUp(id: string): Promise<void> {
    const before = catchingUp.get(id) ?? Promise.resolve();
    const next = before.then(() => since(id)).catch(() => {}); // the connection was lost: after the next one, again
    catchingUp.set(id, next);
    return next;
  }

  client.socket.onAny((event: string, data: unknown) => {
    const place = numbered.safeParse(data);
    if (event === "conversation:read" || !place.success) return;
    const { conversationId, sequence } = place.data;
    const before = told.get(conversationId) ?? 0;
    const isSecondOfOne = event === "conversation:assigned" && sequence === before;
    if (sequence <= before && !isSecondOfOne) faults.push(`${event} ${sequence} after ${before}`);
    told.set(conversationId, sequence);
    const last = numbers.get(conversationId) ?? 0;
    if (sequence === last + 1 || (isSecondOfOne && sequence === last)) {
      apply(event, data);
      numbers.set(conversationId, sequence);
    } else if (sequence > last) void catchUp(conversationId);
  });
  client.socket.on("connect", () => {
    told.clear();
    for (const id of numbers.keys()) void catchUp(id);
  });
  return {
    connect: client.connect,
    close: client.close,
    /**
     * Breaks the line as a network does, where it is up; the client comes back by itself. Closed between an attempt to come
     * back and its answer, the stock client would wait for that answer for ever.
     */
    drop() {
      if (client.socket.connected) client.socket.io.engine?.close();
    },
    /** Shows a conversation in place of those before: who asks after each connection for more than fifty at once is refused. */
    show(id: string) {
      for (const other of numbers.keys()) if (other !== id) numbers.delete(other);
      numbers.set(id, numbers.get(id) ?? 0);
      return catchUp(id);
    },
    numberOf: (id: string) => numbers.get(id) ?? 0,
    stateOf: conversation,
    faults,
  };
}
