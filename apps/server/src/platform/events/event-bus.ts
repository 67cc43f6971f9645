import { sql } from "drizzle-orm";
import pg from "pg";
import { z } from "zod";
import type { Db, TenantTransaction } from "../db/index.ts";
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
  /** Tells everyone once the transaction has committed; nobody if it rolls back. */
  announce(tx: TenantTransaction, notice: Notice): Promise<void>;
  /** Tells everyone now what nobody needs to keep: words of a running answer, someone typing. */
  broadcast(notice: Notice): void;
  /** Calls back for each notice of the tenant on the topic, until the returned function is called. */
  subscribe(tenantId: string, topic: string, listener: (notice: Notice) => void): () => void;
  close(): Promise<void>;
}

/** Live notices over LISTEN/NOTIFY, on the embedded database as on PostgreSQL with many processes. */
export async function createEventBus(db: Db, log: Log): Promise<EventBus> {
  const origin = newId();
  const listeners = new Map<string, Set<(notice: Notice) => void>>();
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
    const parsed = envelopeSchema.safeParse(JSON.parse(payload));
    if (!parsed.success) log.error({ error: parsed.error }, "a notice could not be read");
    else if (parsed.data.origin !== origin) deliver(parsed.data);
  };

  const stopListening = db.url
    ? listenOnOwnConnection(db.url, receive, log)
    : await listenInPool(db, receive);
  return {
    async announce(tx, notice) {
      // no origin: the notice comes back to this process too, after the commit and in order
      await tx.execute(sql`select pg_notify(${channel}, ${encode(notice, "")})`);
    },
    broadcast(notice) {
      deliver(notice);
      if (db.embedded) return;
      db.pool
        .query("select pg_notify($1, $2)", [channel, encode(notice, origin)])
        .catch((error: unknown) => log.warn({ error }, "a live notice was not sent to other processes"));
    },
    subscribe(tenantId, topic, listener) {
      const at = key(tenantId, topic);
      const set = listeners.get(at) ?? new Set();
      listeners.set(at, set.add(listener));
      return () => {
        set.delete(listener);
        if (set.size === 0) listeners.delete(at);
      };
    },
    async close() {
      listeners.clear();
      await stopListening();
    },
  };
}

async function listenInPool(db: Db, receive: (payload: string) => void): Promise<() => Promise<void>> {
  db.notifications.on(channel, receive);
  await db.pool.query(`listen ${channel}`);
  return async () => {
    db.notifications.off(channel, receive);
  };
}

/** One connection kept for listening; when it is lost another is opened, and clients catch up by reading. */
function listenOnOwnConnection(
  url: string,
  receive: (payload: string) => void,
  log: Log,
): () => Promise<void> {
  let closed = false;
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | undefined;

  const open = async (): Promise<void> => {
    const connection = new pg.Client({ connectionString: url, keepAlive: true });
    client = connection;
    const reopen = (error?: Error) => {
      if (closed || client !== connection) return;
      client = null;
      log.warn({ error }, "the listening connection was lost; opening another");
      timer = setTimeout(() => void open(), 500);
    };
    connection.on("error", reopen);
    connection.on("end", () => reopen());
    connection.on("notification", (message) => receive(message.payload ?? ""));
    try {
      await connection.connect();
      await connection.query(`listen ${channel}`);
    } catch (error) {
      reopen(error instanceof Error ? error : undefined);
    }
  };
  void open();
  return async () => {
    closed = true;
    clearTimeout(timer);
    await client?.end();
  };
}
