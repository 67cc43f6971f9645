import { z } from "zod";
import { passwordLength } from "../auth/create-account.ts";

export const languages = ["en", "fr", "ar"] as const;
export type MailLanguage = (typeof languages)[number];

const email = z.email("Expected an e-mail address.").max(254);
const newPassword = z.string().min(passwordLength.min).max(passwordLength.max);
/** Any text that might be one: whether it is, only the database knows. */
const token = z.string().min(20).max(200);
/** The language that the person reads, for mails to them. */
const language = z.enum(languages).optional();

export const registerSchema = z.object({
  name: z.string().trim().min(1).max(100),
  email,
  password: newPassword,
  language,
});

export const registerAnswerSchema = z.object({
  /** `verify-email`: look into the mailbox. The same for an address that has an account already. */
  status: z.enum(["signed-in", "verify-email"]),
});

export const loginSchema = z.object({
  email,
  // not the bounds of a new one: what is too short is simply wrong
  password: z.string().min(1).max(passwordLength.max),
  /** Six digits of the authenticator app, or one of the ten backup codes. */
  code: z.string().min(6).max(10).optional(),
  backupCode: z.string().min(6).max(40).optional(),
  /** Whether this browser is asked for a code no more, for 30 days. */
  trustDevice: z.boolean().default(false),
});

export const loginAnswerSchema = z.object({
  /** `second-factor`: a session has begun in which only that can be shown. `verify-email`: a mail with a link was sent. */
  status: z.enum(["signed-in", "second-factor", "verify-email"]),
});

export type LoginAnswer = z.infer<typeof loginAnswerSchema>;

export const verifyEmailSchema = z.object({ token });
export const requestResetSchema = z.object({ email, language });
export const resetPasswordSchema = z.object({ token, password: newPassword });

export const socialProviders = ["google", "github"] as const;
export type SocialProvider = (typeof socialProviders)[number];

export const startSocialSchema = z.object({
  provider: z.enum(socialProviders),
  /** Where to go afterwards: a path of the console. */
  next: z
    .string()
    .max(2_000)
    // `//host` and `/\host` look like paths, but browsers leave the site for them, and skip tabs and line breaks
    .regex(/^\/(?![/\\])[\x21-\x7e]*$/, "Expected a path of this console, such as /bots.")
    .optional(),
});

export const optionsSchema = z.object({
  /** Whether anyone may make an account. */
  signUp: z.boolean(),
  /** Whether mail can be sent: without it addresses are not verified, and a password is reset by an administrator. */
  mail: z.boolean(),
  google: z.boolean(),
  github: z.boolean(),
  passkey: z.boolean(),
  sso: z.boolean(),
});

export const sessionListSchema = z.object({
  id: z.uuid(),
  /** Whether it is the one that asks. */
  isCurrent: z.boolean(),
  /** What the browser calls itself: "Firefox · Windows"; empty where it does not say. */
  device: z.string(),
  ipAddress: z.string().nullable(),
  secondFactor: z.boolean(),
  createdAt: z.date(),
  lastActiveAt: z.date(),
  expiresAt: z.date(),
});

export const ownTenantSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  status: z.enum(["active", "suspended", "deleting"]),
  role: z.string(),
  roleName: z.string(),
  isCurrent: z.boolean(),
});

export const done = z.object({ success: z.literal(true) });
