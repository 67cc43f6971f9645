import { addDays, countDays, type TimeZone, timeZone } from "../../../platform/clock/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import type { RangeInput, RangePreset } from "../analytics.schema.ts";

/** Days of a time zone, and as many before them to compare with. */
export interface Period {
  preset: RangePreset;
  zone: TimeZone;
  startDate: string;
  endDate: string;
  days: number;
  previous: { startDate: string; endDate: string };
  /** The first moments of the previous period, of this one, and of the day after it. */
  from: Date;
  split: Date;
  to: Date;
}

/** A leap year. */
export const mostDays = 366;
const earliest = "2000-01-01";
const latest = "2100-12-31";

/** The days that a caller means. Throws VALIDATION_ERROR, which says what is allowed. */
export function resolvePeriod(input: Omit<RangeInput, "audience">, now: Date): Period {
  const zone = timeZone(input.timeZone);
  if (!zone) {
    throw invalid(
      "timeZone",
      `There is no time zone "${input.timeZone}". Give an IANA name such as UTC or Europe/Paris.`,
    );
  }
  const preset = presetOf(input);
  const { startDate, endDate } =
    preset === "custom" ? givenDays(input, zone, zone.dateAt(now)) : presetDays(preset, zone.dateAt(now));
  const days = countDays(startDate, endDate);
  const previous = { startDate: addDays(startDate, -days), endDate: addDays(startDate, -1) };
  return {
    preset,
    zone,
    startDate,
    endDate,
    days,
    previous,
    from: zone.startOf(previous.startDate),
    split: zone.startOf(startDate),
    to: zone.startOf(addDays(endDate, 1)),
  };
}

function presetOf({ dateRangePreset, startDate, endDate }: Omit<RangeInput, "audience">): RangePreset {
  const hasDays = startDate !== undefined || endDate !== undefined;
  if (!hasDays && dateRangePreset !== "custom") return dateRangePreset ?? "30d";
  if (dateRangePreset !== undefined && dateRangePreset !== "custom") {
    throw invalid(
      "dateRangePreset",
      `Give either the range ${dateRangePreset} or days of your own, not both.`,
    );
  }
  return "custom";
}

/** A first day alone goes on until today; a last day alone ends thirty days. */
function givenDays(
  { startDate, endDate }: { startDate?: string | undefined; endDate?: string | undefined },
  zone: TimeZone,
  today: string,
) {
  if (startDate === undefined && endDate === undefined) {
    throw invalid("startDate", "Give a first day as startDate, a last day as endDate, or both.");
  }
  const last = endDate === undefined ? today : dayOf(endDate, zone);
  const first = startDate === undefined ? addDays(last, -29) : dayOf(startDate, zone);
  if (first > last) throw invalid("startDate", `The first day, ${first}, is after the last, ${last}.`);
  if (first < earliest || last > latest) {
    throw invalid("startDate", `Days are from ${earliest} to ${latest}; these are ${first} to ${last}.`);
  }
  const days = countDays(first, last);
  if (days > mostDays) {
    throw invalid("endDate", `At most ${mostDays} days at once; ${first} to ${last} are ${days}.`);
  }
  return { startDate: first, endDate: last };
}

/** A day stays itself whatever the zone; a moment is on its day there. */
function dayOf(given: string, zone: TimeZone): string {
  return given.includes("T") ? zone.dateAt(new Date(given)) : given;
}

function presetDays(preset: Exclude<RangePreset, "custom">, today: string) {
  const firstOfMonth = `${today.slice(0, 7)}-01`;
  switch (preset) {
    case "today":
      return { startDate: today, endDate: today };
    case "7d":
      return { startDate: addDays(today, -6), endDate: today };
    case "30d":
      return { startDate: addDays(today, -29), endDate: today };
    case "90d":
      return { startDate: addDays(today, -89), endDate: today };
    case "thisMonth":
      return { startDate: firstOfMonth, endDate: today };
    case "lastMonth": {
      const endDate = addDays(firstOfMonth, -1);
      return { startDate: `${endDate.slice(0, 7)}-01`, endDate };
    }
  }
}

function invalid(field: string, message: string): AppError {
  return new AppError("VALIDATION_ERROR", message, { details: { fields: [{ path: field, message }] } });
}
