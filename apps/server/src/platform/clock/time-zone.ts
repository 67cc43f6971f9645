/*
 * Days as people in a time zone count them. Only what the runtime knows is asked (Intl): databases are built
 * with zone lists of their own, and some lack names that browsers still give, such as Asia/Calcutta.
 */

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** From `from` on local time is UTC and `offset` more. Both in milliseconds. */
export interface OffsetFrom {
  from: number;
  offset: number;
}

export interface TimeZone {
  /** As it was given. */
  readonly name: string;
  /** The local calendar day of a moment, as YYYY-MM-DD. */
  dateAt(moment: Date): string;
  /** The first moment of a local day, also where the clock is put forward at midnight. */
  startOf(date: string): Date;
  /** The offsets that hold between two moments, in order; the first holds at `start`. */
  offsetsBetween(start: Date, end: Date): OffsetFrom[];
}

/** The zone of an IANA name such as Europe/Paris; null where there is none. */
export function timeZone(name: string): TimeZone | null {
  // "+02:00" would be understood too, but is no zone: it knows nothing of summer time
  if (!/^[A-Za-z]/.test(name)) return null;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: name,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
    });
  } catch {
    return null;
  }

  const offsetAt = (time: number): number => {
    const whole = Math.floor(time / MINUTE) * MINUTE;
    const [month = 0, day = 0, year = 0, hour = 0, minute = 0] = (
      format.format(whole).match(/\d+/g) ?? []
    ).map(Number);
    return Date.UTC(year, month - 1, day, hour, minute) - whole;
  };
  const dateOf = (time: number) => new Date(time + offsetAt(time)).toISOString().slice(0, 10);

  return {
    name,
    dateAt: (moment) => dateOf(moment.getTime()),
    startOf(date) {
      const midnight = Date.parse(date);
      // zones are at most 14 hours from UTC; local dates never go back, so halving finds the first moment
      return new Date(firstWhere(midnight - DAY, midnight + DAY, (time) => dateOf(time) >= date));
    },
    offsetsBetween(start, end) {
      const first = start.getTime();
      const found: OffsetFrom[] = [{ from: first, offset: offsetAt(first) }];
      for (let at = first; at < end.getTime(); at += DAY) {
        const before = offsetAt(at);
        const after = offsetAt(at + DAY);
        if (after === before) continue;
        const from = firstWhere(at, at + DAY, (time) => offsetAt(time) === after);
        found.push({ from, offset: after });
      }
      return found;
    },
  };
}

/** The first minute in (from, to] for which `holds`, which holds from some minute on. */
function firstWhere(from: number, to: number, holds: (time: number) => boolean): number {
  let before = Math.floor(from / MINUTE);
  let at = Math.ceil(to / MINUTE);
  while (at - before > 1) {
    const middle = Math.floor((before + at) / 2);
    if (holds(middle * MINUTE)) at = middle;
    else before = middle;
  }
  return at * MINUTE;
}

/** A calendar day so many days later, or earlier. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10);
}

/** How many days from one to another, both counted. */
export function countDays(first: string, last: string): number {
  return Math.round((Date.parse(last) - Date.parse(first)) / DAY) + 1;
}
