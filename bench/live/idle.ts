import { setTimeout as pause } from "node:timers/promises";
import type { Socket } from "socket.io-client";
import { cpuSecondsOf, memoryOf, type Product } from "../server/product.ts";
import { openAgents } from "./agents.ts";
import { connected, type Relay } from "./floor.ts";
import { accessToken } from "./people.ts";

/** Connections that are opened at once. */
const together = 50;
/** Milliseconds after the last connection, in which what connecting took is let go. */
const settling = 6_000;
/** Milliseconds over which it is watched what they cost while nothing happens. */
const watched = 30_000;

/**
 * What a socket costs that is only there: what the process grew by, divided by how many there are. Each is an agent's own;
 * without a database of its own to write so many into, all are one person's.
 */
export async function idleSockets(
  product: Product,
  relay: Relay,
  { steps, databaseUrl }: { steps: readonly number[]; databaseUrl: string | undefined },
): Promise<void> {
  if (steps.length === 0) return;
  const tokens = databaseUrl
    ? await openAgents(product, databaseUrl, Math.max(...steps))
    : [await accessToken(product)];
  const kinds = [
    { name: "bare relay", pid: relay.pid, connect: () => relay.connect(false) },
    {
      name: "product",
      pid: product.pid,
      connect: (nth: number) => connected(product.url, { token: tokens[nth % tokens.length] }),
    },
  ];
  for (const { name, pid, connect } of kinds) {
    await pause(settling);
    const before = memoryOf(pid);
    const sockets: Socket[] = [];
    for (const step of steps) {
      const began = performance.now();
      while (sockets.length < step) {
        const count = Math.min(together, step - sockets.length);
        const from = sockets.length;
        const next = Array.from({ length: count }, (_, nth) => connect(from + nth));
        sockets.push(...(await Promise.all(next)));
      }
      const took = (performance.now() - began) / 1_000;
      await pause(settling);
      const used = cpuSecondsOf(pid);
      await pause(watched);
      const load = ((cpuSecondsOf(pid) - used) / watched) * 100_000;
      const there = sockets.filter((socket) => socket.connected).length;
      console.log(
        `${String(step).padStart(6)} idle sockets, ${name}: ${((memoryOf(pid) - before) / step / 1_000).toFixed(1)} kB each, ` +
          `${load.toFixed(1)} % of a core; ${there} still there; connected in ${took.toFixed(1)} s`,
      );
    }
    for (const socket of sockets) socket.disconnect();
  }
}
