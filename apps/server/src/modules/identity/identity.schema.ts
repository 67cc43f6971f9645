import { z } from "zod";
import { roles } from "../../platform/ctx/index.ts";

/** Seed 001, section 4.1: who is signed in, in which tenant, as what. */
export const sessionSchema = z.object({
  user: z.object({
    id: z.uuid(),
    email: z.string(),
    name: z.string(),
    image: z.string().nullable(),
    role: z.enum(["USER", "ADMIN"]),
  }),
  tenant: z.object({ id: z.uuid(), name: z.string() }),
  role: z.enum(roles),
  expires: z.date(),
});

/** Seed 001, section 2.1. */
export const userSchema = z.object({
  id: z.uuid(),
  email: z.string().nullable(),
  name: z.string().nullable(),
  image: z.string().nullable(),
  authProvider: z.enum(["email", "google", "github"]),
  role: z.enum(["USER", "ADMIN"]),
  status: z.enum(["ACTIVE", "PENDING_VERIFICATION", "SUSPENDED"]),
  emailVerified: z.boolean(),
  lastLoginAt: z.date().nullable(),
  planId: z.uuid().nullable(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
