import { domainToASCII } from "node:url";
import { z } from "zod";

export const ssoTemplates = ["google", "okta", "entra", "oidc", "saml"] as const;

/** A domain as it stands behind the @ of an address, in lower case and ASCII. */
export const domainSchema = z
  .string()
  .trim()
  .max(253)
  .transform((text) => domainToASCII(text.toLowerCase()))
  .refine(
    (domain) =>
      /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/.test(domain),
    "Enter the domain of your addresses, such as example.com.",
  );

/** Https; http only on this very machine, which the operator has to allow as well. */
const providerAddress = z
  .url({ protocol: /^https?$/ })
  .max(2_000)
  .refine((text) => {
    const { protocol, hostname, hash, username } = new URL(text);
    const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
    return (protocol === "https:" || isLocal) && hash === "" && username === "";
  }, "Enter an address that begins with https://.");

const oidcInput = z.strictObject({
  issuer: providerAddress,
  clientId: z.string().trim().min(1).max(500),
  /** Kept as it is without one, as long as the issuer and the client id stay. */
  clientSecret: z.string().trim().min(1).max(2_000).optional(),
});

const samlInput = z.union([
  z.strictObject({ metadataXml: z.string().min(1).max(300_000) }),
  z.strictObject({ metadataUrl: providerAddress }),
  z.strictObject({
    entityId: z.string().trim().min(1).max(1_000),
    entryPoint: providerAddress,
    certificate: z.string().min(1).max(50_000),
  }),
]);

export const setSsoConfigSchema = z
  .strictObject({
    template: z.enum(ssoTemplates),
    domain: domainSchema,
    /** One of them; neither keeps the provider as it is. */
    oidc: oidcInput.optional(),
    saml: samlInput.optional(),
    /** Of those who join by signing in: one of the product's roles but owner, or the id of one of the workspace's own. */
    defaultRole: z.string().min(1).max(100).default("member"),
    /** Whether the domain's people may sign in with a password too; the workspace's owners always may. */
    passwordAllowed: z.boolean().default(true),
    /** SAML: whether the provider's own portal may begin a sign-in. */
    idpInitiated: z.boolean().default(false),
    /** Takes a verified domain. */
    enabled: z.boolean().default(false),
  })
  .refine(({ oidc, saml }) => !(oidc && saml), "Send either oidc or saml.");

export type SetSsoConfig = z.infer<typeof setSsoConfigSchema>;

const certificateSchema = z.object({
  subject: z.string(),
  fingerprint: z.string(),
  validUntil: z.date(),
  expired: z.boolean(),
});

const configSchema = z.object({
  protocol: z.enum(["oidc", "saml"]),
  template: z.enum(ssoTemplates),
  domain: z.string(),
  enabled: z.boolean(),
  /** Whether people can sign in by it now; `unverified`: switched on, but the domain's proof is missing. */
  status: z.enum(["on", "off", "unverified"]),
  defaultRole: z.string(),
  passwordAllowed: z.boolean(),
  idpInitiated: z.boolean(),
  issuer: z.string(),
  clientId: z.string().nullable(),
  /** Whether a client secret is kept; it is never shown. */
  hasSecret: z.boolean(),
  entryPoint: z.string().nullable(),
  certificates: z.array(certificateSchema),
  /** The TXT record that proves the domain. */
  domainRecord: z.object({ name: z.string(), value: z.string() }),
  domainVerifiedAt: z.date().nullable(),
  domainCheckedAt: z.date().nullable(),
  domainMissingSince: z.date().nullable(),
  lastSignInAt: z.date().nullable(),
  updatedAt: z.date(),
});

export const ssoConfigSchema = z.object({
  /** What to paste at the provider; it stays, whatever is set up here. */
  ours: z.object({
    redirectUri: z.string(),
    acsUrl: z.string(),
    entityId: z.string(),
    metadataUrl: z.string(),
  }),
  /** What `defaultRole` may be, for the caller. */
  roles: z.array(z.object({ id: z.string(), name: z.string(), builtIn: z.boolean() })),
  config: configSchema.nullable(),
});

export type SsoConfig = z.infer<typeof ssoConfigSchema>;

export const ssoChecks = ["issuer", "keys", "secret", "entryPoint", "certificates"] as const;

export const ssoTestSchema = z.object({
  ok: z.boolean(),
  checks: z.array(
    z.object({
      check: z.enum(ssoChecks),
      ok: z.boolean(),
      /** What is wrong and what to do about it. */
      message: z.string().nullable(),
    }),
  ),
});

export type SsoTest = z.infer<typeof ssoTestSchema>;

export const domainCheckSchema = z.object({
  verified: z.boolean(),
  /** `missing`: there is no such record; `different`: there is, with other texts. */
  problem: z.enum(["missing", "different"]).nullable(),
  /** What was found under the record's name. */
  found: z.array(z.string()),
});

export type DomainCheck = z.infer<typeof domainCheckSchema>;

export const ssoStartSchema = z.object({
  email: z.email().max(254),
  /** A path of the console to go to afterwards. */
  next: z.string().max(2_000).optional(),
});
