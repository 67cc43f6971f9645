/** Requests that one host gets from this process at a time, whoever's sources they are for. */
const perHost = 2;

interface Host {
  running: number;
  waiting: (() => void)[];
}
const hosts = new Map<string, Host>();

/** Runs `work` once the host has a free slot; first come, first served. */
export async function inHostSlot<Result>(host: string, work: () => Promise<Result>): Promise<Result> {
  const slot = hosts.get(host) ?? { running: 0, waiting: [] };
  hosts.set(host, slot);
  if (slot.running < perHost) slot.running++;
  else await new Promise<void>((resolve) => slot.waiting.push(resolve));
  try {
    return await work();
  } finally {
    const next = slot.waiting.shift();
    if (next) next();
    else if (--slot.running === 0) hosts.delete(host);
  }
}
