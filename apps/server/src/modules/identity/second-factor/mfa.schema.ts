import { z } from "zod";

const password = z.string().min(1).max(256);

/** The password, unless the session is a few minutes old: `mfa.status` says which. */
export const confirmSchema = z.object({ password: password.optional() });

export const setUpSchema = z.object({
  /** In base32, for typing in. */
  secret: z.string(),
  /** `otpauth://…`, for a link on the device that has the app. */
  uri: z.string(),
  /** The same as a picture. */
  qrSvg: z.string(),
});

export const verifySchema = z.object({
  /** Six digits of the app, or a backup code. */
  code: z.string().trim().min(6).max(40),
  /** Whether this browser is asked for a code no more, for 30 days. */
  trustDevice: z.boolean().default(false),
});

export const shownSchema = z.object({
  /** Ten, told now and never again, where this code turned two-step verification on; else null. */
  backupCodes: z.array(z.string()).nullable(),
  /** How many are left, where one of them was used; else null. */
  backupCodesLeft: z.number().int().nullable(),
});

export const statusSchema = z.object({
  enabled: z.boolean(),
  required: z.boolean(),
  secondFactor: z.enum(["shown", "not needed", "missing"]),
  backupCodesLeft: z.number().int().nullable(),
  passkeys: z.number().int(),
  lockedUntil: z.date().nullable(),
  hasPassword: z.boolean(),
  confirmBy: z.enum(["nothing", "password", "signing in"]),
});

export const backupCodesSchema = z.object({ backupCodes: z.array(z.string()) });

export const policySchema = z.object({
  requireMfa: z.boolean(),
  members: z.number().int(),
  membersWithout: z.number().int(),
});
