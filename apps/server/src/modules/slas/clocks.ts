import type { ConversationStatus } from "../conversations/index.ts";
import { addBusiness, type BusinessHours, businessBetween } from "./business-time.ts";

/*
 * The clocks of one conversation as a pure function of what happened in it, in order. Nothing here knows a database or
 * the present moment: the same happenings make the same clocks, whenever and however often they are counted.
 */

export const clockKinds = ["first_response", "resolution"] as const;
export type ClockKind = (typeof clockKinds)[number];

export const severityNames = ["P0", "P1", "P2", "P3"] as const;
export type Severity = (typeof severityNames)[number];

/** Minutes of business until a promise is broken; null: nothing is promised. */
export interface Target {
  firstResponseMinutes: number | null;
  resolutionMinutes: number | null;
}
export type Targets = Record<Severity, Target>;

/** What was promised when the clocks started. A policy that is changed later does not change it. */
export interface Terms {
  policyId: string;
  policyName: string;
  tier: string;
  targets: Targets;
  /** Null: around the clock. */
  businessHours: BusinessHours | null;
  /** Time while the bot has the conversation does not count. */
  pauseWithBot: boolean;
}

/** Something that happened in a conversation, as far as clocks care. */
export type Happening =
  | { type: "message"; author: "customer" | "bot" | "agent" | "system"; internal: boolean; at: Date }
  | { type: "status"; status: ConversationStatus; at: Date }
  | { type: "severity"; severity: Severity | null; at: Date };

export interface Clock {
  kind: ClockKind;
  startedAt: Date;
  /** Milliseconds of business; null: nothing is promised. */
  targetMs: number | null;
  /** Milliseconds of business that had passed when it last began to run, or was stopped. */
  elapsedMs: number;
  /** Since when it runs; null while it is paused, or when it was met. */
  runningSince: Date | null;
  pausedAt: Date | null;
  /** When three quarters of the time are over, and when all of it is; null while it does not run. */
  warnAt: Date | null;
  dueAt: Date | null;
  warnedAt: Date | null;
  breachedAt: Date | null;
  metAt: Date | null;
}

export interface Clocks {
  status: ConversationStatus;
  severity: Severity | null;
  /** None until the customer has written. */
  clocks: readonly Clock[];
}

/** What counts while nobody has judged how bad it is. */
export const unjudgedSeverity: Severity = "P2";
/** The part of the time after which somebody is warned. */
export const warningShare = 0.75;
const MINUTE = 60_000;

/** Before anything happened. */
export const noClocks: Clocks = { status: "new", severity: null, clocks: [] };

export function isOpening(happening: Happening): boolean {
  return happening.type === "message" && happening.author === "customer" && !happening.internal;
}

/** The clocks after something happened. */
export function reduce(terms: Terms, earlier: Clocks, happening: Happening): Clocks {
  const before = advance(earlier, happening.at);
  const status = happening.type === "status" ? happening.status : before.status;
  const severity = happening.type === "severity" ? happening.severity : before.severity;
  const { at } = happening;
  const clocks =
    before.clocks.length === 0 && isOpening(happening)
      ? clockKinds.map((kind) => newClock(kind, at))
      : before.clocks;
  return {
    status,
    severity,
    clocks: clocks.map((clock) => {
      const isMet = meets(clock, happening, status);
      const targetMs = targetOf(terms, severity, clock.kind);
      const runs = !isMet && !pauses(terms, status);
      return change(terms, clock, { at, isMet, runs, targetMs });
    }),
  };
}

/** The clocks as they stand at a moment: what is due by then was warned of, or broken. */
export function advance(state: Clocks, now: Date): Clocks {
  return { ...state, clocks: state.clocks.map((clock) => mark(clock, now)) };
}

/** What is to be told of a clock. */
export interface Saying {
  kind: ClockKind;
  what: "warning" | "breach";
  dueAt: Date;
}

/**
 * The clocks after all that happened and at `now`, and what has become worth telling since `before`. Nobody is warned
 * of what was met or broken meanwhile.
 */
export function replay(
  terms: Terms,
  before: Clocks,
  happenings: readonly Happening[],
  now: Date,
): { state: Clocks; sayings: Saying[] } {
  const found: Saying[] = [];
  let state = before;
  const reach = (moment: Date) => {
    const reached = advance(state, moment);
    found.push(...newly(state, reached));
    state = reached;
  };
  for (const happening of happenings) {
    reach(happening.at);
    state = reduce(terms, state, happening);
  }
  reach(now);
  const isOver = (kind: ClockKind) =>
    state.clocks.some((clock) => clock.kind === kind && (clock.metAt !== null || clock.breachedAt !== null));
  return { state, sayings: found.filter(({ what, kind }) => what === "breach" || !isOver(kind)) };
}

function newly(before: Clocks, after: Clocks): Saying[] {
  return after.clocks.flatMap((clock, index) => {
    const earlier = before.clocks[index];
    const { kind, dueAt } = clock;
    if (!earlier || !dueAt) return [];
    const sayings: Saying[] = [];
    if (clock.warnedAt && !earlier.warnedAt) sayings.push({ kind, what: "warning", dueAt });
    if (clock.breachedAt && !earlier.breachedAt) sayings.push({ kind, what: "breach", dueAt });
    return sayings;
  });
}

/** Milliseconds of business on a clock at a moment. */
export function elapsedAt(terms: Terms, clock: Clock, now: Date): number {
  if (!clock.runningSince) return clock.elapsedMs;
  return clock.elapsedMs + businessBetween(terms.businessHours, clock.runningSince, now);
}

/** The moment at which a clock next has something to say; null where it has not. */
export function nextMoment({ metAt, warnAt, warnedAt, dueAt, breachedAt }: Clock): Date | null {
  if (metAt || breachedAt) return null;
  return warnedAt ? dueAt : (warnAt ?? dueAt);
}

function newClock(kind: ClockKind, at: Date): Clock {
  return {
    kind,
    startedAt: at,
    targetMs: null,
    elapsedMs: 0,
    runningSince: null,
    pausedAt: null,
    warnAt: null,
    dueAt: null,
    warnedAt: null,
    breachedAt: null,
    metAt: null,
  };
}

/** A first response stays given; a resolution counts until the conversation is opened again. */
function meets(clock: Clock, happening: Happening, status: ConversationStatus): boolean {
  const isDone = status === "resolved" || status === "closed";
  if (clock.kind === "resolution") return isDone;
  const isAnswer = happening.type === "message" && happening.author === "agent" && !happening.internal;
  return clock.metAt !== null || isAnswer || (isDone && happening.type === "status");
}

function pauses(terms: Terms, status: ConversationStatus): boolean {
  return status === "awaiting_customer" || (terms.pauseWithBot && status === "ai_handling");
}

function targetOf(terms: Terms, severity: Severity | null, kind: ClockKind): number | null {
  const target = terms.targets[severity ?? unjudgedSeverity];
  const minutes = kind === "first_response" ? target.firstResponseMinutes : target.resolutionMinutes;
  return minutes === null ? null : minutes * MINUTE;
}

/** Ends the stretch that a clock has run, and begins the next one. Where nothing changes for it, it runs on. */
function change(
  terms: Terms,
  clock: Clock,
  to: { at: Date; isMet: boolean; runs: boolean; targetMs: number | null },
): Clock {
  if (clock.metAt && to.isMet) return clock;
  const isOn = to.runs ? clock.runningSince !== null : clock.pausedAt !== null;
  if (!to.isMet && isOn && clock.targetMs === to.targetMs) return clock;
  const elapsedMs = elapsedAt(terms, clock, to.at);
  const stopped = { ...clock, elapsedMs, runningSince: null, warnAt: null };
  if (to.isMet) return { ...stopped, metAt: to.at, pausedAt: null };
  if (!to.runs) {
    const { targetMs } = to;
    return { ...stopped, targetMs, metAt: null, pausedAt: clock.pausedAt ?? to.at, dueAt: clock.breachedAt };
  }
  const { targetMs } = to;
  const after = (share: number) =>
    targetMs === null ? null : addBusiness(terms.businessHours, to.at, targetMs * share - elapsedMs);
  return {
    ...stopped,
    targetMs,
    metAt: null,
    pausedAt: null,
    runningSince: to.at,
    warnAt: clock.warnedAt ? null : after(warningShare),
    dueAt: clock.breachedAt ?? after(1),
  };
}

/** Notes what a running clock reached by then. The moments are those at which it was reached, not noticed. */
function mark(clock: Clock, by: Date): Clock {
  if (!clock.runningSince) return clock;
  const { warnAt, dueAt } = clock;
  const warnedAt = clock.warnedAt ?? (warnAt && warnAt <= by ? warnAt : null);
  const breachedAt = clock.breachedAt ?? (dueAt && dueAt <= by ? dueAt : null);
  return warnedAt === clock.warnedAt && breachedAt === clock.breachedAt
    ? clock
    : { ...clock, warnedAt, breachedAt };
}
