import { z } from "zod";
import { timeZone } from "../../platform/clock/index.ts";
import { domainSchema } from "../widgets/index.ts";
import { reservedNames } from "./reserved-names.ts";
import { certificateSchema } from "./tenants.types.ts";

export const tenantName = z.string().trim().min(1).max(100);

/** A name that addresses can carry: a DNS label that is none of ours. */
export const subdomain = z
  .string()
  .trim()
  .toLowerCase()
  .min(3)
  .max(63)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "Small letters, digits and single hyphens, such as north-shop.")
  .refine((name) => !reservedNames.has(name), "This name is kept for the installation itself.");

/** What one may keep in the free settings of seed 002, as JSON. */
const settingsBytes = 8_192;
const settingsDepth = 5;

/** Objects and lists in each other, counted down to zero. */
function isShallow(value: unknown, levels: number): boolean {
  if (typeof value !== "object" || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => isShallow(inner, levels - 1));
}

/** Free for programs: nothing of the product reads it. */
export const freeSettings = z
  .record(z.string().min(1).max(64), z.json())
  .refine((value) => Buffer.byteLength(JSON.stringify(value)) <= settingsBytes, {
    error: `Settings may have at most ${settingsBytes} bytes as JSON.`,
  })
  .refine((value) => isShallow(value, settingsDepth), {
    error: `Settings may be nested at most ${settingsDepth} deep.`,
  });

/** A small picture in the page itself: the console loads nothing from other sites. */
const logo = z
  .string()
  .max(100_000)
  .regex(
    /^data:image\/(png|jpeg|webp);base64,[A-Za-z0-9+/]+={0,2}$/,
    "A PNG, JPEG or WebP picture as a data address.",
  );

const zone = z
  .string()
  .max(64)
  .refine((name) => timeZone(name) !== null, "An IANA time zone such as Europe/Paris.");

export const languages = ["en", "fr", "ar"] as const;

export const updateTenantSchema = z
  .object({
    name: tenantName,
    /** Null: none. */
    subdomain: subdomain.nullable(),
    logo: logo.nullable(),
    language: z.enum(languages).nullable(),
    timeZone: zone.nullable(),
    allowedDomains: z.array(domainSchema).max(50),
    settings: freeSettings,
  })
  .partial();
export type UpdateTenant = z.infer<typeof updateTenantSchema>;

export const createTenantSchema = z.object({
  name: tenantName,
  subdomain: subdomain.nullish(),
  settings: freeSettings.optional(),
});

const status = z.enum(["active", "suspended", "deleting"]);

export const tenantSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  subdomain: z.string().nullable(),
  logo: z.string().nullable(),
  status,
  language: z.enum(languages).nullable(),
  timeZone: z.string().nullable(),
  allowedDomains: z.array(z.string()),
  settings: z.record(z.string(), z.unknown()),
  createdAt: z.date(),
  /** What the caller may do. */
  allowed: z.object({ update: z.boolean(), export: z.boolean(), delete: z.boolean() }),
});
export type Tenant = z.infer<typeof tenantSchema>;

/** How it stands with the caller's tenant, told also to those who may not work in it. */
export const standingSchema = z.object({
  status,
  /** In the administrator's words. */
  reason: z.string().nullable(),
  deletion: z.object({ dueAt: z.date(), mayCancel: z.boolean() }).nullable(),
});
export type Standing = z.infer<typeof standingSchema>;

export const exportSchema = z.object({
  id: z.uuid(),
  status: z.enum(["queued", "running", "done", "failed", "expired"]),
  /** From 0 to 100. */
  progress: z.number(),
  rows: z.number(),
  files: z.number(),
  parts: z.array(z.object({ fileName: z.string(), bytes: z.number(), sha256: z.string() })),
  failure: z.string().nullable(),
  createdAt: z.date(),
  finishedAt: z.date().nullable(),
  expiresAt: z.date().nullable(),
});
export type TenantExport = z.infer<typeof exportSchema>;

export const downloadSchema = z.object({
  links: z.array(z.object({ fileName: z.string(), url: z.string(), expiresAt: z.date() })),
});

/** A deletion as an administrator of the installation sees it. */
export const deletionSchema = z.object({
  id: z.uuid(),
  status: z.enum(["waiting", "cancelled", "running", "done"]),
  /** Null once it is done. */
  tenant: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  requestedAt: z.date(),
  dueAt: z.date(),
  settledAt: z.date().nullable(),
  hasCertificate: z.boolean(),
});
export type Deletion = z.infer<typeof deletionSchema>;

export const signedCertificateSchema = z.object({
  certificate: certificateSchema,
  /** The certificate as a JSON Web Signature in the compact form. */
  signature: z.string(),
});
export type SignedCertificate = z.infer<typeof signedCertificateSchema>;

/** Most that a list of permissions may name. */
const names = 500;

export const permissionsSchema = z.object({
  /** Null: all of the kind; a list: these and no others. */
  agents: z.array(z.uuid()).max(names).nullable(),
  tools: z.array(z.string().trim().min(1).max(100)).max(names).nullable(),
  modelProviders: z
    .array(z.enum(["openai", "anthropic", "grok", "ollama"]))
    .max(10)
    .nullable(),
});
