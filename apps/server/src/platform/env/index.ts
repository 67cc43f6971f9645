import { resolve } from "node:path";
import { z } from "zod";

const flag = z.enum(["true", "false", "1", "0"]).transform((value) => value === "true" || value === "1");
const list = z.string().transform((value) =>
  value
    .split(",")
    .map((item) => item.trim())
    .filter(Boolean),
);
const webAddress = z.url({
  protocol: /^https?$/,
  error: "Expected an address that begins with http:// or https://.",
});
const postgresAddress = z.url({
  protocol: /^postgres(ql)?$/,
  error: "Expected postgres://user:password@host:port/database.",
});
const isSecret = (value: string) => Buffer.from(value, "base64").byteLength === 32;

const schema = z
  .object({
    NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
    HOST: z.string().default("localhost"),
    PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
    /** The address under which browsers reach this server; links, cookies and origins follow from it. */
    PUBLIC_URL: webAddress.optional(),
    LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
    /** Where the embedded database, blobs and the generated secret live. */
    DATA_DIR: z.string().default(".parlance"),
    /** PostgreSQL 17 with pgvector. Without it the embedded database in DATA_DIR is used. */
    DATABASE_URL: postgresAddress.optional(),
    /** A login that may create tables, when DATABASE_URL's may not. */
    MIGRATION_DATABASE_URL: postgresAddress.optional(),
    DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(10),
    REDIS_URL: z.url({ protocol: /^rediss?$/, error: "Expected redis://host:port." }).optional(),
    /** 32 bytes in base64; made and kept in DATA_DIR on first start when absent. */
    PARLANCE_SECRET: z.string().refine(isSecret, "Expected 32 bytes in base64.").optional(),
    /** Secrets that were in use before: what is sealed under them still opens, and is sealed again. */
    PARLANCE_SECRET_PREVIOUS: list
      .refine((secrets) => secrets.every(isSecret), "Expected secrets of 32 bytes in base64, by commas.")
      .default([]),
    S3_ENDPOINT: webAddress.optional(),
    S3_BUCKET: z.string().optional(),
    S3_REGION: z.string().default("auto"),
    S3_ACCESS_KEY_ID: z.string().optional(),
    S3_SECRET_ACCESS_KEY: z.string().optional(),
    /** An OpenAI-compatible model for every tenant that has set none of its own. */
    OPENAI_BASE_URL: webAddress.optional(),
    OPENAI_API_KEY: z.string().optional(),
    OPENAI_MODEL: z.string().default("gpt-4o-mini"),
    /** A folder of embedding models, a folder each: they run in this process, for every tenant. */
    LOCAL_MODELS_DIR: z.string().optional(),
    /** Milliseconds without a word after which a model counts as failed and the documents are quoted. */
    MODEL_SILENCE_LIMIT: z.coerce.number().int().min(100).max(600_000).default(30_000),
    /** Milliseconds that a model has to answer the test of its key. */
    MODEL_TEST_LIMIT: z.coerce.number().int().min(100).max(600_000).default(20_000),
    /** Hosts (host:port) or networks (CIDR) inside, which outbound calls may reach: a local Ollama, say. */
    OUTBOUND_ALLOWED_HOSTS: list.default([]),
    /** Name servers for the proof of domains (address or address:port); without them this machine's. */
    DNS_SERVERS: list.default([]),
    /** How many proxies stand in front, whose X-Forwarded-For is believed. */
    TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
    /** Multiplies the limits on how often one may call: where many people share one address, or for a load test. */
    RATE_LIMIT_SCALE: z.coerce.number().min(0.01).max(100_000).default(1),
    /** Whether anyone who reaches the server may make an account and a tenant of their own. */
    SIGN_UP: z.enum(["open", "closed"]).default("open"),
    /** The mail server: `smtp://user:password@host:587`, or `smtps://` for TLS from the first byte. */
    SMTP_URL: z
      .url({ protocol: /^smtps?$/, error: "Expected smtp://user:password@host:587 or smtps://…." })
      .optional(),
    /** From whom mails are: `Parlance <parlance@example.com>`. */
    MAIL_FROM: z
      .string()
      .regex(/^[^\r\n]*@[^\r\n]*$/, "Expected an address: Parlance <parlance@example.com>.")
      .optional(),
    /** Where texts to phones go, by the accounts that tenants connect; another address is for trials. */
    TWILIO_URL: webAddress.default("https://api.twilio.com"),
    /** Where Slack is asked, with the tokens that tenants connect; another address is for trials. */
    SLACK_URL: webAddress.default("https://slack.com/api"),
    /** Sign-in by Google: an OAuth client with the redirect `PUBLIC_URL/api/auth/callback/google`. */
    GOOGLE_CLIENT_ID: z.string().optional(),
    GOOGLE_CLIENT_SECRET: z.string().optional(),
    GOOGLE_BASE_URL: webAddress.optional(),
    /** Sign-in by GitHub: an OAuth app with the callback `PUBLIC_URL/api/auth/callback/github`. */
    GITHUB_CLIENT_ID: z.string().optional(),
    GITHUB_CLIENT_SECRET: z.string().optional(),
    /** GitHub Enterprise: `https://github.example.com`. */
    GITHUB_BASE_URL: webAddress.optional(),
    /** E-mail addresses whose accounts look after the installation: its users, plans and tenants. */
    PLATFORM_ADMINS: list.pipe(z.array(z.email().toLowerCase())).default([]),
    /** Opens /metrics to callers who show it as a bearer token; without it only this machine reads them. */
    METRICS_TOKEN: z.string().min(16).optional(),
    /** Creates the demo tenant on first start. */
    DEMO: flag.default(true),
    /** Which work this process does: answer requests, run jobs, or both. */
    PROCESS: z.enum(["all", "web", "worker"]).default("all"),
  })
  .refine((env) => !env.S3_ENDPOINT || (env.S3_BUCKET && env.S3_ACCESS_KEY_ID && env.S3_SECRET_ACCESS_KEY), {
    message: "S3_ENDPOINT needs S3_BUCKET, S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY beside it.",
    when: () => true, // also when something else is wrong: everything is said at once
  })
  .refine((env) => !env.GOOGLE_CLIENT_ID === !env.GOOGLE_CLIENT_SECRET, {
    message: "GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET belong together.",
    when: () => true,
  })
  .refine((env) => !env.GITHUB_CLIENT_ID === !env.GITHUB_CLIENT_SECRET, {
    message: "GITHUB_CLIENT_ID and GITHUB_CLIENT_SECRET belong together.",
    when: () => true,
  })
  .refine((env) => !env.SMTP_URL || env.MAIL_FROM, {
    message: "SMTP_URL needs MAIL_FROM beside it.",
    when: () => true,
  });

/** `isPublicUrlSet`: others may be told to call it; without one it is a guess that holds on this machine. */
export type Env = Omit<z.infer<typeof schema>, "PUBLIC_URL"> & {
  PUBLIC_URL: string;
  isPublicUrlSet: boolean;
};

/**
 * The only reader of the process environment. Throws one Error that lists every variable that is
 * wrong and what it may be.
 */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw new Error(`The environment is not right:\n${z.prettifyError(parsed.error)}`);
  const env = parsed.data;
  const isAnyAddress = env.HOST === "0.0.0.0" || env.HOST === "::";
  const host = isAnyAddress ? "localhost" : env.HOST.includes(":") ? `[${env.HOST}]` : env.HOST;
  return {
    ...env,
    DATA_DIR: resolve(env.DATA_DIR),
    isPublicUrlSet: env.PUBLIC_URL !== undefined,
    PUBLIC_URL: (env.PUBLIC_URL ?? `http://${host}:${env.PORT}`).replace(/\/$/, ""),
  };
}
