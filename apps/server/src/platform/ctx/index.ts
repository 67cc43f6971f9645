import type { BlobStore } from "../blobs/index.ts";
import type { Clock, Ticker } from "../clock/index.ts";
import type { Vault } from "../crypto/index.ts";
import type { Db, TenantTransaction } from "../db/index.ts";
import type { EventBus, Follower } from "../events/index.ts";
import type { Outbound } from "../http/index.ts";
import type { Jobs } from "../jobs/index.ts";
import type { Log } from "../log/index.ts";
import type { Metrics } from "../metrics/index.ts";
import type { RateLimiter } from "../rate-limit/index.ts";

/** The roles of the product. A tenant may make more of its own, which are known by their id. */
export const roles = ["owner", "admin", "contentEditor", "agent", "member"] as const;
export type Role = (typeof roles)[number];

/**
 * What an API key may be allowed to do. `chat`: ask bots; `evaluate`: run evaluations and read their results; the
 * others by capability. What each means in rights: `identity/policies/api-permissions.ts`.
 */
export const apiPermissions = [
  "chat",
  "evaluate",
  "bots:read",
  "bots:write",
  "knowledge:write",
  "conversations:read",
  "conversations:write",
  "customers:read",
  "customers:write",
  "communication:send",
  "analytics:read",
  "quality:read",
  "quality:write",
  "members:read",
  "members:write",
  "security:read",
] as const;
export type ApiPermission = (typeof apiPermissions)[number];

/** Who acts. A face finds it out; verbs and policies decide by it. */
export type Actor =
  /**
   * `role` is theirs in the tenant, one of the product's or the id of one of the tenant's own; `rights` is what it may
   * do. `platformRole` ADMIN lets them look after the installation.
   */
  | {
      kind: "user";
      userId: string;
      name: string;
      role: string;
      rights: ReadonlySet<string>;
      platformRole?: "USER" | "ADMIN";
    }
  | { kind: "visitor"; customerId: string; widgetId: string; botId: string }
  /** A program of the tenant's, with the rights of its permissions and no role's; `botId` is the one bot it may ask. */
  | {
      kind: "apiKey";
      keyId: string;
      name: string;
      rights: ReadonlySet<string>;
      botId: string | null;
    }
  /** The server itself; `rules` are the automation rules that it acts for, the first one first. */
  | { kind: "system"; name: string; rules?: readonly string[] };

/** The id by which limits and the audit log know an actor. */
export function idOfActor(actor: Actor): string {
  switch (actor.kind) {
    case "user":
      return actor.userId;
    case "visitor":
      return actor.customerId;
    case "apiKey":
      return actor.keyId;
    case "system":
      return actor.name;
  }
}

/** What a process has one of. */
export interface Platform {
  db: Db;
  jobs: Jobs;
  events: EventBus;
  followers: readonly Follower[];
  blobs: BlobStore;
  vault: Vault;
  outbound: Outbound;
  rateLimiter: RateLimiter;
  metrics: Metrics;
  log: Log;
  now: Clock;
  ticker: Ticker;
  /** The address under which browsers reach this server, without a slash at its end. */
  publicUrl: string;
}

/** What every verb gets: who, for which tenant, with what. Nothing of HTTP is in it. */
export interface PlatformContext<Ports> extends Platform {
  ports: Ports;
  actor: Actor;
  tenantId: string;
  /** Where the request came from, for the audit log; by which program and under which of the server's numbers. */
  ipAddress: string | null;
  userAgent?: string | null;
  requestId?: string | null;
}

/** A verb's context inside a transaction. */
export type InTransaction<Context> = Context & { tx: TenantTransaction };

/**
 * Runs `work` in one transaction of the context's tenant. It shadows the context, so that the outer
 * one, without the transaction, is out of reach by name. A context that has a transaction joins it.
 * No network call belongs in here: the embedded database has one connection.
 */
export function inTx<Context extends { db: Db; tenantId: string; tx?: TenantTransaction }, Result>(
  ctx: Context,
  work: (ctx: InTransaction<Context>) => Promise<Result>,
): Promise<Result> {
  if (ctx.tx) return work({ ...ctx, tx: ctx.tx });
  return ctx.db.withTenant(ctx.tenantId, (tx) => work({ ...ctx, tx }));
}
