import fc from "fast-check";
import { expect, test } from "vitest";
import { conversationStatuses } from "../conversations/conversation-state.ts";
import { type BusinessHours, businessBetween } from "./business-time.ts";
import {
  advance,
  type Clocks,
  elapsedAt,
  type Happening,
  noClocks,
  reduce,
  replay,
  type Saying,
  severityNames,
  type Terms,
} from "./clocks.ts";

const day = [{ from: "09:00", to: "17:00" }];
const office: BusinessHours = {
  timezone: "Europe/Paris",
  hours: { monday: day, tuesday: day, wednesday: day, thursday: day, friday: day, saturday: [], sunday: [] },
  holidays: [{ date: "2026-03-30" }],
};

const minutes = fc.option(fc.integer({ min: 1, max: 3_000 }), { freq: 6 });
const target = fc.record({ firstResponseMinutes: minutes, resolutionMinutes: minutes });
const anyTerms: fc.Arbitrary<Terms> = fc.record({
  policyId: fc.constant("p"),
  policyName: fc.constant("P"),
  tier: fc.constant("standard"),
  targets: fc.record({ P0: target, P1: target, P2: target, P3: target }),
  businessHours: fc.constantFrom(null, office),
  pauseWithBot: fc.boolean(),
});

const what = fc.oneof(
  fc.record({
    type: fc.constant("message" as const),
    author: fc.constantFrom("customer" as const, "bot" as const, "agent" as const, "system" as const),
    internal: fc.boolean(),
  }),
  fc.record({ type: fc.constant("status" as const), status: fc.constantFrom(...conversationStatuses) }),
  fc.record({
    type: fc.constant("severity" as const),
    severity: fc.option(fc.constantFrom(...severityNames)),
  }),
);
const begin = new Date("2026-03-26T08:00:00Z").getTime();
const minute = 60_000;

/** What happens, each so many minutes after the one before it; clocks that jump go backwards too. */
function story(step: fc.Arbitrary<number>) {
  return fc.array(fc.tuple(what, step), { maxLength: 14 }).map((steps) => {
    let now = begin;
    return steps.map(([one, after]): Happening => {
      now += after * minute;
      return { ...one, at: new Date(now) };
    });
  });
}
const forward = story(fc.nat(2_000));
const jumping = story(fc.integer({ min: -50_000, max: 50_000 }));
const end = new Date(begin + 60 * 24 * 60 * minute);

const keyOf = ({ kind, what }: Saying) => `${kind} ${what}`;

test("told bit by bit, with looks in between, the clocks become the same as told at once", () => {
  fc.assert(
    fc.property(
      anyTerms,
      forward,
      fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
      (terms, all, looks) => {
        const whole = replay(terms, noClocks, all, end);
        let state: Clocks = noClocks;
        const sayings: Saying[] = [];
        all.forEach((happening, index) => {
          const next = all[index + 1]?.at ?? end;
          const share = looks.next().value ?? 0;
          const look = new Date(
            happening.at.getTime() + Math.floor(share * (next.getTime() - happening.at.getTime())),
          );
          const told = replay(terms, state, [happening], look);
          state = told.state;
          sayings.push(...told.sayings);
        });
        const last = replay(terms, state, [], end);
        sayings.push(...last.sayings);
        expect(last.state).toEqual(whole.state);
        const breaches = (of: Saying[]) => of.filter((one) => one.what === "breach");
        expect(breaches(sayings)).toEqual(expect.arrayContaining(breaches(whole.sayings)));
        expect(breaches(sayings)).toHaveLength(breaches(whole.sayings).length);
        expect(new Set(sayings.map(keyOf)).size).toBe(sayings.length);
      },
    ),
    { numRuns: 300 },
  );
});

test("whatever the machine's clock does, no time is negative, and nothing is told twice", () => {
  fc.assert(
    fc.property(anyTerms, jumping, (terms, all) => {
      let state: Clocks = noClocks;
      const sayings: Saying[] = [];
      for (const happening of all) {
        const told = replay(terms, state, [happening], happening.at);
        const again = replay(terms, told.state, [], happening.at);
        expect(again).toEqual({ state: told.state, sayings: [] });
        for (const clock of told.state.clocks) {
          const before = state.clocks.find(({ kind }) => kind === clock.kind);
          expect(clock.elapsedMs).toBeGreaterThanOrEqual(before?.elapsedMs ?? 0);
          if (before?.warnedAt) expect(clock.warnedAt).toEqual(before.warnedAt);
          if (before?.breachedAt) expect(clock.breachedAt).toEqual(before.breachedAt);
          expect([clock.runningSince, clock.pausedAt, clock.metAt].filter(Boolean)).toHaveLength(1);
        }
        state = told.state;
        sayings.push(...told.sayings);
      }
      expect(new Set(sayings.map(keyOf)).size).toBe(sayings.length);
    }),
    { numRuns: 300 },
  );
});

test("a resolution counts the business in every stretch in which it is owed, and no other", () => {
  fc.assert(
    fc.property(anyTerms, forward, (terms, all) => {
      const state = all.reduce((before, one) => reduce(terms, before, one), noClocks);
      const clock = state.clocks.find(({ kind }) => kind === "resolution");
      let sum = 0;
      let status: string = "new";
      let started = false;
      all.forEach((happening, index) => {
        if (happening.type === "status") status = happening.status;
        if (happening.type === "message" && happening.author === "customer" && !happening.internal)
          started = true;
        const stands = [
          "resolved",
          "closed",
          "awaiting_customer",
          ...(terms.pauseWithBot ? ["ai_handling"] : []),
        ];
        if (!started || stands.includes(status)) return;
        sum += businessBetween(terms.businessHours, happening.at, all[index + 1]?.at ?? end);
      });
      expect(clock ? elapsedAt(terms, clock, end) : 0).toBe(sum);
    }),
    { numRuns: 300 },
  );
});

test("a breach is noted at the very moment at which the time was over", () => {
  const terms: Terms = {
    policyId: "p",
    policyName: "P",
    tier: "standard",
    targets: {
      P0: { firstResponseMinutes: 10, resolutionMinutes: 20 },
      P1: { firstResponseMinutes: null, resolutionMinutes: null },
      P2: { firstResponseMinutes: 60, resolutionMinutes: 120 },
      P3: { firstResponseMinutes: null, resolutionMinutes: null },
    },
    businessHours: null,
    pauseWithBot: false,
  };
  const later = (n: number) => new Date(begin + n * minute);
  const wrote: Happening = { type: "message", author: "customer", internal: false, at: later(0) };
  const begun = reduce(terms, noClocks, wrote);
  const dues = (state: Clocks) => state.clocks.map(({ dueAt }) => dueAt);
  expect(dues(begun)).toEqual([later(60), later(120)]);
  const just = (state: Clocks, n: number) =>
    advance(state, later(n)).clocks.map((c) => [c.warnedAt, c.breachedAt]);
  expect(just(begun, 44)).toEqual([
    [null, null],
    [null, null],
  ]);
  expect(just(begun, 45)).toEqual([
    [later(45), null],
    [null, null],
  ]);
  expect(just(begun, 500)).toEqual([
    [later(45), later(60)],
    [later(90), later(120)],
  ]);
  const worse = reduce(terms, begun, { type: "severity", severity: "P0", at: later(15) });
  expect(just(worse, 15)).toEqual([
    [later(15), later(15)],
    [later(15), null],
  ]);
  const freed = reduce(terms, begun, { type: "severity", severity: "P3", at: later(15) });
  expect(dues(freed)).toEqual([null, null]);
});
