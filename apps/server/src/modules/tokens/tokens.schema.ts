import { z } from "zod";
import { passwordLength } from "../identity/index.ts";

/** Seed 004, "Authentication": who is signed in. */
export const v1UserSchema = z.object({
  id: z.uuid(),
  email: z.string(),
  firstName: z.string(),
  lastName: z.string(),
  /** One of the product's roles, or the name of one of the workspace's own. */
  role: z.string(),
  teamId: z.uuid().nullable(),
});
export type V1User = z.infer<typeof v1UserSchema>;

export const v1TokensSchema = z.object({
  accessToken: z.string(),
  refreshToken: z.string(),
  /** Seconds that the access token works. */
  expiresIn: z.number().int(),
});

export const loginSchema = z.object({
  email: z.email().max(254),
  password: z.string().min(1).max(256),
  /** Of the authenticator app, where the account has a second factor. */
  code: z.string().min(1).max(20).optional(),
  /** One of the account's backup codes, in its place. */
  backupCode: z.string().min(1).max(40).optional(),
});

export const refreshSchema = z.object({ refreshToken: z.string().min(1).max(200) });

/** Seed 002, "Authentication": the same in its spelling. */
export const tenantApiUserSchema = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  role: z.string(),
  tenant_id: z.uuid(),
});

export const tenantApiTokensSchema = z.object({
  access_token: z.string(),
  token_type: z.literal("bearer"),
  refresh_token: z.string(),
  expires_in: z.number().int(),
  user: tenantApiUserSchema,
});

export const tenantApiLoginSchema = loginSchema
  .omit({ backupCode: true })
  .extend({ backup_code: loginSchema.shape.backupCode });

export const tenantApiRegisterSchema = z.object({
  name: z.string().trim().min(1).max(100),
  email: loginSchema.shape.email,
  password: z.string().min(passwordLength.min).max(passwordLength.max),
});

/** An account of the installation. */
export const accountSchema = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  status: z.enum(["active", "pending_verification", "suspended"]),
  is_admin: z.boolean(),
  last_login_at: z.date().nullable(),
  created_at: z.date(),
});
