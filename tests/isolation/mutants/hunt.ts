import { alarm } from "./alarm.ts";
import type { Laboratory, Result } from "./laboratory.ts";
import type { Probe } from "./probes.ts";
import { allSites, type Site } from "./switch.ts";

/** What became of one mutant. */
export interface Verdict {
  site: Site;
  /** By which probe it was caught, and how it showed; null: it lived. */
  caught: string | null;
  /** Whether any probe came by it. */
  reached: boolean;
}

/** Probes for one mutant before it counts as alive. */
const patience = 30;

/**
 * Takes away every check, one at a time, and calls what comes by it until something shows. A check that is made twice
 * on the same way, before and inside of a transaction say, hides one in the other: then both are taken at once.
 */
export async function hunt(laboratory: Laboratory): Promise<{ verdicts: Verdict[]; complaints: string[] }> {
  const complaints: string[] = [];
  const expected = new Map<Probe, Result>();
  const reachedBy = new Map<number, Probe[]>();
  for (const probe of laboratory.probes) {
    const result = await laboratory.baseline(probe);
    expected.set(probe, result);
    complaints.push(...complaintsOf(probe, result));
    for (const site of result.reached) reachedBy.set(site, [...(reachedBy.get(site) ?? []), probe]);
  }

  /** Calls without these checks; what showed must be gone once they are back, or the probe says nothing. */
  async function shows(sites: readonly number[], probe: Probe): Promise<string | null> {
    const before = expected.get(probe);
    if (!before) return null;
    const seen = await laboratory.without(sites, probe, before);
    if (seen === null) return null;
    const again = await laboratory.baseline(probe);
    const isSteady =
      again.outcome.status === before.outcome.status &&
      again.outcome.body === before.outcome.body &&
      again.jobs === before.jobs;
    if (isSteady) return `${probe.name}: ${seen}`;
    expected.delete(probe);
    return null;
  }

  async function isCaught(site: number): Promise<string | null> {
    const { kind } = allSites()[site] ?? {};
    const isAboutWho = kind === "right" || kind === "refusal";
    const probes = (reachedBy.get(site) ?? []).filter((probe) => expected.has(probe));
    probes.sort((a, b) => rank(a, isAboutWho) - rank(b, isAboutWho));
    for (const probe of probes.slice(0, patience)) {
      const seen = await shows([site], probe);
      if (seen) return seen;
    }
    if (!isAboutWho) return null;
    for (const probe of probes.filter(({ allowed }) => !allowed).slice(0, 3)) {
      const doubles = [...(expected.get(probe)?.reached ?? [])].filter((other) => isDouble(site, other));
      if (doubles.length === 0) continue;
      const seen = await shows([site, ...doubles], probe);
      if (seen) return `${seen} (with ${doubles.map((other) => allSites()[other]?.at).join(", ")})`;
    }
    return null;
  }

  const verdicts: Verdict[] = [];
  for (const [number, site] of allSites().entries()) {
    verdicts.push({ site, caught: await isCaught(number), reached: reachedBy.has(number) });
  }
  return { verdicts, complaints };
}

/** With all checks in place nothing may get out, and no statement may come upon another tenant's row. */
function complaintsOf({ name }: Probe, { outcome, jobs, leaks }: Result): string[] {
  const failures =
    outcome.status >= 500 || jobs.includes(alarm) ? [`${name}: ${outcome.status} ${jobs}`] : [];
  return [...failures, ...leaks.map((leak) => `${name}: ${leak.slice(0, 300)}`)];
}

/** The same check made again on the same way. */
function isDouble(site: number, other: number): boolean {
  const [a, b] = [allSites()[site], allSites()[other]];
  return site !== other && a !== undefined && b !== undefined && a.kind === b.kind && about(a) === about(b);
}

/** What a check asks for: the right, or the refusal's words. */
const about = ({ code }: Site) => /"([^"]*)"/.exec(code)?.[1] ?? code;

/** Who may not first, where it is about who; and what writes last, because undoing takes time. */
function rank({ allowed, writes }: Probe, isAboutWho: boolean): number {
  return (allowed === isAboutWho ? 2 : 0) + (writes && allowed ? 1 : 0);
}
