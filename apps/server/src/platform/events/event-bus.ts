import pg from "pg";
import { z } from "zod";
import { type Db, notifyAtCommit } from "../db/index.ts";
import { newId } from "../ids/index.ts";
import type { Log } from "../log/index.ts";

/**
 * What is told to listeners, in all processes: small, because a notification holds 8,000 bytes. It
 * says that something changed and where; whoever needs the thing itself reads it. Durable work is
 * never hung on it: that is what jobs are for.
 */
const noticeSchema = z.object({
  tenantId: z.uuid(),
  topic: z.string(),
  data: z.record(z.string(), z.unknown()),
});
export type Notice = z.infer<typeof noticeSchema>;

const envelopeSchema = noticeSchema.extend({ origin: z.string() });
const channel = "parlance_events";
const maxPayload = 7_900;

export interface EventBus {
  /** Tells everyone once the open transaction has committed; nobody if it rolls back. */
  announce(notice: Notice): void;
  /** Tells everyone now what nobody needs to keep: words of a running answer, someone typing. */
  broadcast(notice: Notice): void;
  /** Resolves once the other processes were told of all that this one broadcast: what is announced after it comes after it. */
  broadcasted(): Promise<void>;
  /** Calls back for each notice of the tenant on the topic, until the returned function is called. */
  subscribe(tenantId: string, topic: string, listener: (notice: Notice) => void): () => void;
  /** Calls back when notices may have been missed, because the line to the database was lost for a while. */
  onGap(listener: () => void): () => void;
  close(): Promise<void>;
}

/** Live notices over LISTEN/NOTIFY, on the embedded database as on PostgreSQL with many processes. */
export async function createEventBus(db: Db, log: Log): Promise<EventBus> {
  const origin = newId();
  const listeners = new Map<string, Set<(notice: Notice) => void>>();
  const gapListeners = new Set<() => void>();
  const key = (tenantId: string, topic: string) => `${tenantId}/${topic}`;

  const deliver = (notice: Notice) => {
    for (const listener of listeners.get(key(notice.tenantId, notice.topic)) ?? []) {
      try {
        listener(notice);
      } catch (error) {
        log.error({ error, topic: notice.topic }, "a listener failed");
      }
    }
  };
  const encode = (notice: Notice, from: string) => {
    const payload = JSON.stringify({ ...notice, origin: from });
    if (Buffer.byteLength(payload) > maxPayload) throw new Error(`The notice ${notice.topic} is too large.`);
    return payload;
  };
  const receive = (payload: string) => {
    const envelope = readEnvelope(payload);
    if (!envelope) log.error({ length: payload.length }, "a notice could not be read");
    else if (envelope.origin !== origin) {
      const { tenantId, topic, data } = envelope;
      deliver({ tenantId, topic, data });
    }
  };

  const tellOfGap = () => {
    for (const listener of gapListeners) listener();
  };
  const listen = db.url
    ? listenOnOwnConnection(db.url, { receive, tellOfGap }, log)
    : listenInPool(db, receive);
  const stopListening = await listen;
  let sending: Promise<void> = Promise.resolve();
  return {
    announce(notice) {
      // no origin: the notice comes back to this process too, after the commit and in order
      notifyAtCommit(channel, encode(notice, ""));
    },
    broadcast(notice) {
      const payload = encode(notice, origin); // a notice that is too large is refused in both modes
      deliver(notice);
      if (db.embedded) return;
      // one after another: on connections of their own, words would overtake each other
      sending = sending
        .then(async () => {
          await db.pool.query("select pg_notify($1, $2)", [channel, payload]);
        })
        .catch((error: unknown) => log.warn({ error }, "a live notice was not sent to other processes"));
    },
    broadcasted: () => sending,
    subscribe(tenantId, topic, listener) {
      const at = key(tenantId, topic);
      const set = listeners.get(at) ?? new Set();
      listeners.set(at, set.add(listener));
      return () => {
        set.delete(listener);
        if (set.size === 0) listeners.delete(at);
      };
    },
    onGap(listener) {
      gapListeners.add(listener);
      return () => {
        gapListeners.delete(listener);
      };
    },
    async close() {
      listeners.clear();
      gapListeners.clear();
      await stopListening();
    },
  };
}

/** Null for a text that is no notice: whoever may connect to the database may send one. */
function readEnvelope(payload: string): z.infer<typeof envelopeSchema> | null {
  try {
    return envelopeSchema.parse(JSON.parse(payload));
  } catch {
    return null;
  }
}

async function listenInPool(db: Db, receive: (payload: string) => void): Promise<() => Promise<void>> {
  db.notifications.on(channel, receive);
  await db.pool.query(`listen ${channel}`);
  return async () => {
    db.notifications.off(channel, receive);
  };
}

/**
 * One connection kept for listening. Resolves once it listens, and rejects when that fails; when it is
 * lost later another is opened, and whoever follows is told of the gap, to catch up by reading.
 */
async function listenOnOwnConnection(
  url: string,
  { receive, tellOfGap }: { receive: (payload: string) => void; tellOfGap: () => void },
  log: Log,
): Promise<() => Promise<void>> {
  let closed = false;
  let current: pg.Client | null = null;
  let timer: NodeJS.Timeout | undefined;

  const open = async (): Promise<void> => {
    const client = new pg.Client({ connectionString: url, keepAlive: true });
    let lost = false;
    const onLost = (error?: Error) => {
      if (lost) return;
      lost = true;
      if (current !== client || closed) return; // it never listened, or is no longer wanted
      current = null;
      log.warn({ error }, "the listening connection was lost; opening another");
      reopen();
    };
    client.on("error", onLost);
    client.on("end", () => onLost());
    client.on("notification", (message) => receive(message.payload ?? ""));
    try {
      await client.connect();
      await client.query(`listen ${channel}`);
      if (lost) throw new Error("The listening connection was lost at once.");
    } catch (error) {
      await client.end().catch(() => {});
      throw error;
    }
    if (closed) await client.end();
    else current = client;
  };
  const reopen = () => {
    timer = setTimeout(() => {
      open().then(tellOfGap, (error: unknown) => {
        log.warn({ error }, "no listening connection yet; trying again");
        if (!closed) reopen();
      });
    }, 500);
  };
  await open();
  return async () => {
    closed = true;
    clearTimeout(timer);
    await current?.end();
  };
}
