import type { BusinessCalendar } from "../../../lib/models.ts";
import { type Language, localeOf } from "../../../lib/preferences.ts";

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
export interface Opening {
  from: string;
  to: string;
}
export type Week = Record<Weekday, Opening[]>;

/** What most people begin with: Monday to Friday, nine to five. */
export function officeHours(): Week {
  const day = () => [{ from: "09:00", to: "17:00" }];
  return {
    monday: day(),
    tuesday: day(),
    wednesday: day(),
    thursday: day(),
    friday: day(),
    saturday: [],
    sunday: [],
  };
}

/** The hours of a calendar, with every day of the week. */
export function weekOf(hours: BusinessCalendar["hours"]): Week {
  const of = (day: Weekday) => [...(hours[day] ?? [])];
  return {
    monday: of("monday"),
    tuesday: of("tuesday"),
    wednesday: of("wednesday"),
    thursday: of("thursday"),
    friday: of("friday"),
    saturday: of("saturday"),
    sunday: of("sunday"),
  };
}

/** The first day of 2024 was a Monday. */
export function weekdayName(day: Weekday, language: Language): string {
  const date = new Date(Date.UTC(2024, 0, 1 + weekdays.indexOf(day)));
  return new Intl.DateTimeFormat(localeOf(language), { weekday: "long", timeZone: "UTC" }).format(date);
}

export function isTimeZone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && Boolean(new Intl.DateTimeFormat("en", { timeZone: name }));
  } catch {
    return false;
  }
}
