import { ByteLru } from "../../platform/cache/index.ts";
import type { Db, TenantTransaction } from "../../platform/db/index.ts";
import type { Sketches } from "./dense/sketches.ts";
import type { IndexSnapshot } from "./lexical/snapshot.ts";

const MEGABYTE = 1 << 20;

/** Rows of one segment by bucket; null where the segment has no such row. */
export type SegmentRows = Map<number, Buffer | null>;

/**
 * What searches remember between transactions. Posting rows and sketches never change once committed, so
 * they need no invalidation; a snapshot is compared by its version. Every key begins with the tenant.
 */
export class Caches {
  readonly rows = new ByteLru<SegmentRows>(96 * MEGABYTE);
  readonly sketches = new ByteLru<Sketches>(128 * MEGABYTE);
  private readonly snapshots = new ByteLru<IndexSnapshot>(32 * MEGABYTE);
  private readonly committed: Caches | undefined;

  /** With `committed`, snapshots are looked up there too, but nothing is written there. */
  constructor(committed?: Caches) {
    this.committed = committed;
  }

  /** The latest snapshot that is remembered: most of it is right for a later version too. */
  snapshot(key: string): IndexSnapshot | undefined {
    return this.snapshots.get(key) ?? this.committed?.snapshot(key);
  }

  remember(key: string, snapshot: IndexSnapshot): void {
    if ((this.snapshots.get(key)?.version ?? -1) >= snapshot.version) return;
    this.snapshots.set(key, snapshot, snapshot.lengths.byteLength * 2 + snapshot.segments.length * 100);
  }
}

/** The part of a verb's context that this module's queries need. */
export interface IndexContext {
  db: Db;
  tenantId: string;
  tx: TenantTransaction;
}

const caches = new WeakMap<Db, Caches>();
const changing = new WeakSet<TenantTransaction>();

/**
 * To be called by whatever changes an index. What such a transaction reads may be rolled back, and its
 * segment numbers given out again, so it must not reach the caches.
 */
export function markChanging(tx: TenantTransaction): void {
  changing.add(tx);
}

export function cachesOf(ctx: IndexContext): Caches {
  let shared = caches.get(ctx.db);
  if (!shared) {
    shared = new Caches();
    caches.set(ctx.db, shared);
  }
  return changing.has(ctx.tx) ? new Caches(shared) : shared;
}
