import { isAlike, isRefused } from "../judge.ts";
import { alarmRang, difference, type Laboratory, type Result } from "./laboratory.ts";
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

/** Which files' checks are taken away, to look at some of them: `MUTANTS=modules/knowledge`. */
const wanted = new RegExp(process.env["MUTANTS"] ?? "");
/** Every so many-th of them: `npm test` takes a part, `npm run test:isolation` all. */
const oneIn = Number(process.env["MUTANTS_ONE_IN"] ?? "1");
/** And by which probes alone, to look at some of these: `PROBES="the flow"`. */
const asked = new RegExp(process.env["PROBES"] ?? "");

/** How it showed that checks were gone (null: not at all), what was come by, and whether the caller was let in. */
interface Shown {
  seen: string | null;
  reached: ReadonlySet<number>;
  isIn: boolean;
}

/** Probes for one mutant before others are taken away with it. */
const patience = 12;

/**
 * Takes away every check, one at a time, and calls what comes by it until something shows. Where two checks guard the
 * same, each hides that the other is gone: then the other is taken as well, and it must be both that show.
 */
export async function hunt(laboratory: Laboratory): Promise<{ verdicts: Verdict[]; complaints: string[] }> {
  const complaints: string[] = [];
  const expected = new Map<Probe, Result>();
  const reachedBy = new Map<number, Probe[]>();
  for (const probe of laboratory.probes.filter(({ name }) => asked.test(name))) {
    const result = await laboratory.baseline(probe).catch((error: unknown) => {
      const { cause } = error instanceof Error ? error : {};
      complaints.push(`${probe.name} could not be prepared: ${cause ?? error}`);
      return null;
    });
    if (!result) continue;
    expected.set(probe, result);
    complaints.push(...complaintsOf(probe, result));
    for (const site of result.reached) reachedBy.set(site, [...(reachedBy.get(site) ?? []), probe]);
  }

  /** Calls without these checks; what showed must be gone once they are back, or the probe says nothing. */
  async function shows(sites: readonly number[], probe: Probe): Promise<Shown> {
    const before = expected.get(probe);
    if (!before) return { seen: null, reached: new Set(), isIn: false };
    const { seen, reached, outcome } = await laboratory.without(sites, probe, before);
    const isIn = !isRefused(outcome) || outcome.status >= 500 || isAlike(outcome, before.outcome);
    if (seen === null) return { seen, reached, isIn };
    // nothing rings with all checks in place; once more, in case that it was work left over of a call before
    if (seen === alarmRang) return { ...(await laboratory.without(sites, probe, before)), isIn };
    const again = await laboratory.baseline(probe);
    if (difference(again, before) === null) return { seen, reached, isIn };
    if (before.varies) {
      expected.delete(probe);
      return { seen: null, reached, isIn };
    }
    // its answer holds what is made anew each time, as a secret does: from here on the rest of it is compared
    expected.set(probe, { ...before, varies: true });
    return shows(sites, probe);
  }

  async function isCaught(site: number): Promise<string | null> {
    const { kind } = allSites()[site] ?? {};
    const isAboutWho = kind === "right" || kind === "refusal";
    const probes = (reachedBy.get(site) ?? []).filter((probe) => expected.has(probe));
    const { at = "" } = allSites()[site] ?? {};
    probes.sort((a, b) => rank(a, isAboutWho, at) - rank(b, isAboutWho, at));
    for (const probe of probes.slice(0, patience)) {
      const { seen } = await shows([site], probe);
      if (seen) return `${probe.name}: ${seen}`;
    }
    return isAboutWho ? uncover(site, probes) : besideOthers(site, probes);
  }

  /**
   * A check that stands behind another, as a second line: whoever may not is stopped by the first. Those before and
   * after it are taken away until it is the one that stops them, and then it too: that must let them in.
   */
  async function uncover(site: number, probes: readonly Probe[]): Promise<string | null> {
    const around = probes.length > 0 ? probes : probesNear(site);
    const operations = new Set(around.map(({ operation }) => operation));
    const refused = laboratory.probes.filter(
      (probe) => !probe.allowed && expected.has(probe) && operations.has(probe.operation),
    );
    const isForPeople = /person|API key|actor\.kind/.test(allSites()[site]?.code ?? "");
    refused.sort((a, b) => distance(a, isForPeople) - distance(b, isForPeople));
    const tries = refused.slice(0, 6).flatMap((probe) => [false, true].map((outer) => ({ probe, outer })));
    for (const { probe, outer } of tries) {
      const others: number[] = [];
      for (let step = 0; step < 5; step++) {
        const { seen, reached, isIn } = await shows([...others, site], probe);
        if (seen && isIn && reached.has(site)) {
          const withIt = await shows(others, probe);
          if (withIt.seen && withIt.isIn) break;
          return `${probe.name}: ${seen} (with ${others.map((other) => allSites()[other]?.at).join(", ")})`;
        }
        if (seen && isIn) break;
        const left = [...reached].filter((other) => other !== site && !others.includes(other));
        const stopper = stopperOf(left, outer);
        if (stopper === undefined) break;
        others.push(stopper);
      }
    }
    return null;
  }

  /** Probes that come by something of the same file: what nobody comes by may stand behind a check of those. */
  function probesNear(site: number): Probe[] {
    const [file = ""] = (allSites()[site]?.at ?? "").split(":");
    const near = allSites().flatMap(({ at }, number) => (at.startsWith(`${file}:`) ? [number] : []));
    return near.flatMap((number) => reachedBy.get(number) ?? []);
  }

  /** A condition that another one of the same statement implies: both are taken, where the other alone does not show. */
  async function besideOthers(site: number, probes: readonly Probe[]): Promise<string | null> {
    const near = allSites().flatMap((other, number) =>
      number !== site && isNear(site, number) && other ? [number] : [],
    );
    for (const probe of probes.slice(0, 3)) {
      const others = near.filter((other) => expected.get(probe)?.reached.has(other));
      for (const other of others) {
        const { seen } = await shows([site, other], probe);
        if (seen && !(await shows([other], probe)).seen)
          return `${probe.name}: ${seen} (with ${allSites()[other]?.at})`;
      }
    }
    return null;
  }

  const verdicts: Verdict[] = [];
  for (const [number, site] of allSites().entries()) {
    if (!wanted.test(site.at) || number % oneIn !== 0) continue;
    verdicts.push({ site, caught: await isCaught(number), reached: reachedBy.has(number) });
  }
  return { verdicts, complaints };
}

/** With all checks in place nothing may get out, and no statement may come upon another tenant's row. */
function complaintsOf({ name, jobs: own, flow }: Probe, { outcome, jobs, leaks, alarmed }: Result): string[] {
  const failures =
    outcome.status >= 500 || alarmed
      ? [`${name}: ${outcome.status} ${outcome.body.slice(0, 200)} ${jobs}`]
      : [];
  // what comes by the clock is done for each tenant
  if (own || flow?.everybodys)
    return [...failures, ...leaks.filter((leak) => !leak.startsWith("changed rows of "))];
  // who looks after the installation sees all of them
  const seen = name.includes(" as platformAdmin") ? leaks.filter((leak) => leak !== "the answer") : leaks;
  return [...failures, ...seen.map((leak) => `${name}: ${leak.slice(0, 300)}`)];
}

/** A right or a refusal, but for the one place where all rights are asked for. */
function isStopper(number: number): boolean {
  const { kind, at = "" } = allSites()[number] ?? {};
  return (kind === "right" || kind === "refusal") && !at.includes("identity.policy.ts");
}

/** What stopped a call: the last check that it came by; `outer` is the call around it, which refuses further inside. */
function stopperOf(reached: readonly number[], outer: boolean): number | undefined {
  const stoppers = reached.filter(isStopper);
  return outer && stoppers.length > 1 ? stoppers.at(-2) : stoppers.at(-1);
}

/** Conditions of the same statement: within a few lines. */
function isNear(a: number, b: number): boolean {
  const [fileA = "", lineA] = (allSites()[a]?.at ?? "").split(":");
  const [fileB, lineB] = (allSites()[b]?.at ?? "").split(":");
  return fileA === fileB && Math.abs(Number(lineA) - Number(lineB)) <= 8;
}

/** Those first who are let in farthest: known people without a right. */
const distance = ({ name }: Probe, isForPeople: boolean) => {
  const people = ["powerless", "member", "agent", "contentEditor", "owner"];
  const keys = ["apiKey", "otherKey"];
  const order = isForPeople ? [...keys, ...people] : [...people, ...keys];
  const at = order.findIndex((caller) => name.includes(` as ${caller}`));
  return at === -1 ? order.length : at;
};

/** Who may not first, where it is about who; and what writes last, because undoing takes time. */
function rank({ allowed, writes, flow }: Probe, isAboutWho: boolean, at: string): number {
  if (flow) return flow.about.some((part) => at.includes(part)) ? -1 : 3;
  return (allowed === isAboutWho ? 2 : 0) + (writes && allowed ? 1 : 0);
}
