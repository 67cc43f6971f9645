import { z } from "zod";
import { allRights } from "./policies/index.ts";

/** Seed 001, section 4.1: who is signed in, in which tenant, as what. */
export const sessionSchema = z.object({
  user: z.object({
    id: z.uuid(),
    email: z.string(),
    name: z.string(),
    image: z.string().nullable(),
    role: z.enum(["USER", "ADMIN"]),
  }),
  tenant: z.object({ id: z.uuid(), name: z.string(), status: z.enum(["active", "suspended", "deleting"]) }),
  /** One of the product's roles, or the id of one of the tenant's own. */
  role: z.string(),
  roleName: z.string(),
  /** All that the caller may do in this tenant: what an interface shows follows from it. */
  rights: z.array(z.enum(allRights)),
  /** While it is missing, only what leads to it may be called. */
  secondFactor: z.enum(["shown", "not needed", "missing"]),
  /** To be sent in `x-csrf-token` with every change that the cookie signs in; null with a token. */
  csrfToken: z.string().nullable(),
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
