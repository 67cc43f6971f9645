import { z } from "zod";
import { timeZone } from "../../platform/clock/index.ts";
import { minutesOf, weekdays } from "./business-time.ts";
import { severityNames } from "./clocks.ts";

/** Customers without a tier, and those of a tier for which nothing is promised, are of this one. */
export const defaultTier = "standard";

const opening = z
  .object({
    from: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "Write the time as HH:MM, from 00:00 to 23:59."),
    to: z
      .string()
      .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "Write the time as HH:MM, from 00:01 to 24:00."),
  })
  .refine(({ from, to }) => minutesOf(from) < minutesOf(to), {
    message:
      "The end must be later than the beginning. Hours over midnight are two: until 24:00, and from 00:00.",
  });

const openingsOfDay = z
  .array(opening)
  .max(6)
  .transform((openings) => openings.toSorted((a, b) => minutesOf(a.from) - minutesOf(b.from)))
  .refine((openings) => openings.every(({ from }, at) => at === 0 || (openings[at - 1]?.to ?? "") <= from), {
    message: "Hours of the same day may not overlap.",
  });

const noHours = openingsOfDay.default([]);

export const hoursSchema = z
  .object({
    monday: noHours,
    tuesday: noHours,
    wednesday: noHours,
    thursday: noHours,
    friday: noHours,
    saturday: noHours,
    sunday: noHours,
  })
  .refine((hours) => weekdays.some((day) => hours[day].length > 0), {
    message: "Somebody must work at least once a week.",
  });

export const holidaysSchema = z
  .array(z.object({ date: z.iso.date(), name: z.string().trim().max(100).default("") }))
  .max(400)
  .transform((days) => days.toSorted((a, b) => a.date.localeCompare(b.date)))
  .refine((days) => days.every(({ date }, at) => days[at - 1]?.date !== date), {
    message: "A day can be a holiday once only.",
  });

export const timezoneSchema = z
  .string()
  .max(60)
  .refine((name) => timeZone(name) !== null, {
    message: "Name a time zone as IANA does, such as Europe/Paris.",
  });

const name = z.string().trim().min(1).max(60);

export const newCalendarSchema = z.object({
  name,
  timezone: timezoneSchema,
  hours: hoursSchema,
  holidays: holidaysSchema.default([]),
});
export type NewCalendar = z.output<typeof newCalendarSchema>;

export const ofCalendar = z.object({ calendarId: z.uuid() });
const baseVersion = z.number().int().min(1).max(2_147_483_647).optional();
export const updateCalendarSchema = ofCalendar.extend({
  name: name.optional(),
  timezone: timezoneSchema.optional(),
  hours: hoursSchema.optional(),
  holidays: holidaysSchema.optional(),
  /** The version that was read: a newer one is not written over. */
  version: baseVersion,
});

const shownOpening = z.object({ from: z.string(), to: z.string() });
const shownHours = z.record(z.enum(weekdays), z.array(shownOpening));
const shownHolidays = z.array(z.object({ date: z.string(), name: z.string() }));

export const calendarSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  timezone: z.string(),
  hours: shownHours,
  holidays: shownHolidays,
  /** How many policies count by it. */
  policies: z.number().int(),
  version: z.number().int(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type Calendar = z.output<typeof calendarSchema>;

/** A year: beyond it a promise is none. */
const minutes = z.number().int().min(1).max(527_040).nullable();
const target = z
  .object({ firstResponseMinutes: minutes.default(null), resolutionMinutes: minutes.default(null) })
  .refine(
    ({ firstResponseMinutes: first, resolutionMinutes: whole }) =>
      first === null || whole === null || first <= whole,
    { message: "The first response is due no later than the resolution." },
  );
const noTarget = target.prefault({});

/** By severity, P0 the worst. What is left out is not promised. */
export const targetsSchema = z.object({ P0: noTarget, P1: noTarget, P2: noTarget, P3: noTarget });

export const tierName = z.string().trim().toLowerCase().min(1).max(40);

export const newPolicySchema = z.object({
  name,
  tier: tierName.default(defaultTier),
  targets: targetsSchema,
  /** Null: around the clock. */
  calendarId: z.uuid().nullable().default(null),
  /** Time while the bot has the conversation does not count. */
  pauseWithBot: z.boolean().default(false),
  active: z.boolean().default(true),
});
export type NewPolicy = z.output<typeof newPolicySchema>;

export const ofPolicy = z.object({ policyId: z.uuid() });
export const policyChange = z.object({
  name: name.optional(),
  tier: tierName.optional(),
  targets: targetsSchema.optional(),
  calendarId: z.uuid().nullable().optional(),
  pauseWithBot: z.boolean().optional(),
  active: z.boolean().optional(),
  /** The version that was read: a newer one is not written over. */
  version: baseVersion,
});
export type PolicyChange = z.output<typeof policyChange>;
export const updatePolicySchema = ofPolicy.extend(policyChange.shape);

const shownTarget = z.object({
  firstResponseMinutes: z.number().int().nullable(),
  resolutionMinutes: z.number().int().nullable(),
});

export const policySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  tier: z.string(),
  active: z.boolean(),
  targets: z.record(z.enum(severityNames), shownTarget),
  pauseWithBot: z.boolean(),
  calendarId: z.uuid().nullable(),
  version: z.number().int(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type Policy = z.output<typeof policySchema>;

export const pageOfPolicies = z
  .object({
    page: z.number().int().min(1).max(1_000_000).default(1),
    pageSize: z.number().int().min(1).max(100).default(20),
  })
  .prefault({});

export const slaStatuses = ["ok", "warning", "breached", "paused", "met"] as const;

/** How a conversation stands by what was promised. */
export const slaStateSchema = z.object({
  tier: z.string(),
  firstResponseDueAt: z.date().nullable(),
  resolutionDueAt: z.date().nullable(),
  /** When the next promise would be broken, or was and is still to be kept; null while nothing is due. */
  dueAt: z.date().nullable(),
  breached: z.boolean(),
  /** Until then, below zero once it is over. */
  minutesUntilBreach: z.number().int().nullable(),
  status: z.enum(slaStatuses),
});
export type SlaState = z.output<typeof slaStateSchema>;
