import { sql } from "drizzle-orm";
import type { SiteKind } from "./sites.ts";

/** A check or a predicate in the server's code that can be taken away while it runs. */
export interface Site {
  /** `apps/server/src/…:line:column` */
  at: string;
  kind: SiteKind;
  /** The code that is taken away. */
  code: string;
}

const sites: Site[] = [];
let taken: readonly number[] = [];
let reached = new Set<number>();

/** Called by each transformed file as it loads: its sites get the numbers from the one that is returned. */
export function register(found: Site[]): number {
  const first = sites.length;
  sites.push(...found);
  return first;
}

/** Whether this site's check is taken away; notes that the code came by. */
export function isTaken(site: number): boolean {
  reached.add(site);
  return taken.includes(site);
}

/** A condition that holds for every row. */
export const always = sql`true`;

export const allSites = (): readonly Site[] => sites;

/** Takes these checks away, and puts all others back. */
export function take(numbers: readonly number[]): void {
  taken = numbers;
}

/** The sites that were come by since the last call. */
export function takeReached(): Set<number> {
  const before = reached;
  reached = new Set();
  return before;
}
