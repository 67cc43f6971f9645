import { addDays, timeZone } from "../../platform/clock/index.ts";

export const weekdays = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;
export type Weekday = (typeof weekdays)[number];

/** From and to on the clock at the wall, `HH:MM`; a day ends at `24:00`. */
export interface Opening {
  from: string;
  to: string;
}

/** When somebody works: hours of the week in a time zone, without its holidays (`YYYY-MM-DD`). */
export interface BusinessHours {
  timezone: string;
  hours: Record<Weekday, readonly Opening[]>;
  holidays: readonly { date: string }[];
}

interface Span {
  from: number;
  to: number;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Days whose offsets are asked for at a time. */
const chunkDays = 14;
/** What takes longer than this never ends. */
const farthest = 3_653 * DAY;

/** Milliseconds of business between two moments; without hours every millisecond counts. None where `to` is earlier. */
export function businessBetween(hours: BusinessHours | null, from: Date, to: Date): number {
  const [start, end] = [from.getTime(), to.getTime()];
  if (end <= start) return 0;
  if (!hours) return end - start;
  let sum = 0;
  for (const span of openSpans(hours, start, end)) sum += span.to - span.from;
  return sum;
}

/** The moment at which so much business has passed since `from`; null where that takes more than ten years. */
export function addBusiness(hours: BusinessHours | null, from: Date, milliseconds: number): Date | null {
  const start = from.getTime();
  if (milliseconds <= 0) return from;
  if (!hours) return milliseconds > farthest ? null : new Date(start + milliseconds);
  let left = milliseconds;
  for (const span of openSpans(hours, start, start + farthest)) {
    const length = span.to - span.from;
    if (length >= left) return new Date(span.from + left);
    left -= length;
  }
  return null;
}

/**
 * The stretches of business between two moments, in order. A moment is business when the clock at the wall stands in
 * the day's hours: an hour that is skipped in spring is not worked, one that comes twice in autumn is worked twice.
 */
function* openSpans(hours: BusinessHours, start: number, end: number): Generator<Span> {
  const zone = timeZone(hours.timezone);
  if (!zone) throw new Error(`There is no time zone ${hours.timezone}.`);
  const holidays = new Set(hours.holidays.map(({ date }) => date));
  for (let at = start; at < end; at += chunkDays * DAY) {
    const chunkEnd = Math.min(end, at + chunkDays * DAY);
    const offsets = zone.offsetsBetween(new Date(at), new Date(chunkEnd));
    for (const [index, { from, offset }] of offsets.entries()) {
      const to = Math.min(chunkEnd, offsets[index + 1]?.from ?? chunkEnd);
      for (const span of wallSpans(hours, holidays, from + offset, to + offset)) {
        yield { from: span.from - offset, to: span.to - offset };
      }
    }
  }
}

/** The same on the clock at the wall, counted as if that were UTC, while its offset stays. */
function* wallSpans(
  { hours }: BusinessHours,
  holidays: ReadonlySet<string>,
  start: number,
  end: number,
): Generator<Span> {
  let date = new Date(start).toISOString().slice(0, 10);
  for (let midnight = Date.parse(date); midnight < end; midnight += DAY, date = addDays(date, 1)) {
    if (holidays.has(date)) continue;
    const weekday = weekdays[(new Date(midnight).getUTCDay() + 6) % 7] ?? "monday";
    for (const opening of hours[weekday]) {
      const from = Math.max(start, midnight + minutesOf(opening.from) * MINUTE);
      const to = Math.min(end, midnight + minutesOf(opening.to) * MINUTE);
      if (from < to) yield { from, to };
    }
  }
}

/** Minutes since midnight of `HH:MM`. */
export function minutesOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  return hour * 60 + minute;
}
