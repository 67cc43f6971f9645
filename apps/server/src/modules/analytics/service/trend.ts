import { addDays, type OffsetFrom } from "../../../platform/clock/index.ts";
import { type SlotFigures, slotMinutes } from "../../answers/index.ts";
import type { AnalyticsEntry, Totals } from "../analytics.schema.ts";
import type { Period } from "./period.ts";

/** Sums of slots; averages and rates are made of them at the end. */
type Sums = Omit<SlotFigures, "slot">;

const nothing: Sums = {
  queries: 0,
  latencyMs: 0,
  positive: 0,
  negative: 0,
  model: 0,
  extractive: 0,
  abstained: 0,
  withheld: 0,
  fallbacks: 0,
  inputTokens: 0,
  outputTokens: 0,
  cost: 0,
};

export interface Trend {
  queryTrend: AnalyticsEntry[];
  /** Seven days from Monday, each with its 24 hours. */
  hours: number[][];
  totals: Sums;
  previous: Sums;
}

/** What happened in each slot, put together to days, hours and both periods, as clocks in the zone show them. */
export function foldSlots(slots: readonly SlotFigures[], period: Period): Trend {
  const days = new Map<string, Sums>();
  for (let date = period.startDate; date <= period.endDate; date = addDays(date, 1)) {
    days.set(date, { ...nothing });
  }
  const hours = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
  const totals = { ...nothing };
  const previous = { ...nothing };
  const clock = clockOf(period);
  for (const { slot, ...sums } of slots) {
    const { isBefore, local, date } = clock(slot);
    if (isBefore) {
      add(previous, sums);
      continue;
    }
    add(totals, sums);
    const day = days.get(date);
    if (day) add(day, sums);
    const row = hours[(local.getUTCDay() + 6) % 7];
    const hour = local.getUTCHours();
    if (row) row[hour] = (row[hour] ?? 0) + sums.queries;
  }
  return { queryTrend: [...days].map(([date, sums]) => entryOf(date, sums)), hours, totals, previous };
}

/** Reads the number of a slot: whether it lies before the period, and what a clock in its zone shows as if it were UTC. */
export function clockOf(period: Period): (slot: number) => { isBefore: boolean; local: Date; date: string } {
  const offsets = period.zone.offsetsBetween(period.from, period.to);
  return (slot) => {
    const time = slot * slotMinutes * 60_000;
    const local = new Date(time + offsetAt(offsets, time));
    return { isBefore: time < period.split.getTime(), local, date: local.toISOString().slice(0, 10) };
  };
}

function add(to: Sums, more: Sums): void {
  to.queries += more.queries;
  to.latencyMs += more.latencyMs;
  to.positive += more.positive;
  to.negative += more.negative;
  to.model += more.model;
  to.extractive += more.extractive;
  to.abstained += more.abstained;
  to.withheld += more.withheld;
  to.fallbacks += more.fallbacks;
  to.inputTokens += more.inputTokens;
  to.outputTokens += more.outputTokens;
  to.cost += more.cost;
}

function offsetAt(offsets: readonly OffsetFrom[], time: number): number {
  return offsets.findLast(({ from }) => from <= time)?.offset ?? 0;
}

/** US dollars as they are kept, to a millionth: sums of fractions carry noise behind it. */
export function dollars(sum: number): number {
  return Math.round(sum * 1e6) / 1e6;
}

/** Null where there is nothing to divide by. */
export function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function entryOf(date: string, sums: Sums): AnalyticsEntry {
  const { queries, positive, negative } = sums;
  return {
    date,
    queryCount: queries,
    avgResponseTimeMs: share(sums.latencyMs, queries) ?? undefined,
    positiveFeedbackRate: share(positive, positive + negative) ?? undefined,
    positive,
    negative,
    unanswered: sums.abstained + sums.withheld,
    cost: dollars(sums.cost),
  };
}

export function totalsOf(
  sums: Sums,
  times: { median: number | null; p95: number | null },
  handOffs: number,
): Totals {
  const { queries, positive, negative, model, extractive, abstained, withheld } = sums;
  return {
    queries,
    avgResponseTimeMs: share(sums.latencyMs, queries),
    medianResponseTimeMs: times.median,
    p95ResponseTimeMs: times.p95,
    positive,
    negative,
    positiveFeedbackRate: share(positive, positive + negative),
    byMode: { model, extractive, abstained, withheld },
    fallbacks: sums.fallbacks,
    handOffs,
    inputTokens: sums.inputTokens,
    outputTokens: sums.outputTokens,
    cost: dollars(sums.cost),
  };
}
