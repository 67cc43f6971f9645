import type { z } from "zod";
import {
  calendarSchema,
  newCalendarSchema,
  newPolicySchema,
  policyChange,
  policySchema,
} from "./slas.schema.ts";

/** When somebody works. Without a name the calendar is called as the policy is. */
const businessHours = newCalendarSchema.extend({ name: newCalendarSchema.shape.name.optional() });

export const v1SlaSchema = policySchema.extend({
  businessHours: calendarSchema.pick({ name: true, timezone: true, hours: true, holidays: true }).nullable(),
});
export type V1Sla = z.output<typeof v1SlaSchema>;

const oneOfBoth = {
  message: "Send either calendarId or businessHours.",
  path: ["businessHours"],
};

export const createV1SlaSchema = newPolicySchema
  .extend({ businessHours: businessHours.nullable().default(null) })
  .refine((input) => !(input.calendarId && input.businessHours), oneOfBoth);

export const updateV1SlaSchema = policyChange
  .extend({ businessHours: businessHours.nullable().optional() })
  .refine((input) => !(input.calendarId && input.businessHours), oneOfBoth);
