import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, test } from "vitest";
import { openLaboratory } from "./laboratory.ts";
import { allSites } from "./switch.ts";

let laboratory: Awaited<ReturnType<typeof openLaboratory>>;
beforeAll(async () => {
  const t = performance.now();
  laboratory = await openLaboratory();
  console.log("lab", performance.now() - t);
}, 120_000);
afterAll(() => laboratory.close());

test("hunt", { timeout: 3_000_000 }, async () => {
  const out: string[] = [];
  const t0 = performance.now();
  const { probes } = laboratory;
  const results = new Map<(typeof probes)[number], Awaited<ReturnType<typeof laboratory.baseline>>>();
  const slow: [string, number][] = [];
  for (const probe of probes) {
    const t = performance.now();
    const result = await laboratory.baseline(probe);
    slow.push([probe.name, performance.now() - t]);
    results.set(probe, result);
    out.push(
      `${probe.name} ${result.outcome.status} ${result.outcome.code} ${result.touched} ${result.leaks}`,
    );
  }
  writeFileSync("/tmp/baseline.txt", out.join("\n"));
  slow.sort((a, b) => b[1] - a[1]);
  console.log(
    "baseline",
    probes.length,
    performance.now() - t0,
    slow
      .slice(0, 40)
      .map(([n, ms]) => `${n} ${ms.toFixed(0)}`)
      .join("\n"),
  );
  const sites = allSites();
  const reachedBy = new Map<number, typeof probes>();
  for (const [probe, { reached }] of results)
    for (const site of reached) {
      const list = reachedBy.get(site) ?? [];
      list.push(probe);
      reachedBy.set(site, list);
    }
  console.log("sites", sites.length, "reached", reachedBy.size);
  const lines: string[] = [];
  let caught = 0;
  let calls = 0;
  const t1 = performance.now();
  for (const [number, site] of sites.entries()) {
    const candidates = [...(reachedBy.get(number) ?? [])];
    const prefersRefused = site.kind === "right" || site.kind === "refusal";
    candidates.sort(
      (a, b) =>
        Number(b.allowed !== prefersRefused) - Number(a.allowed !== prefersRefused) ||
        Number(a.operation.type === "mutation") - Number(b.operation.type === "mutation"),
    );
    let how: string | null = null;
    const t = performance.now();
    for (const probe of candidates.slice(0, 60)) {
      const expected = results.get(probe);
      if (!expected) continue;
      calls++;
      how = await laboratory.without(number, probe, expected);
      if (how) {
        how = `${probe.name}: ${how}`;
        break;
      }
    }
    if (how) caught++;
    lines.push(
      `${how ? "caught" : candidates.length === 0 ? "UNREACHED" : "SURVIVED"} ${site.at} ${site.kind} ${site.code} [${candidates.length}] ${how ?? ""} ${(performance.now() - t).toFixed(0)}ms`,
    );
    writeFileSync("/tmp/mutants.txt", lines.join("\n"));
  }
  console.log("mutants", caught, "of", sites.length, calls, "calls", performance.now() - t1);
});
