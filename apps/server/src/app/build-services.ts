import { hkdfSync } from "node:crypto";
import { join } from "node:path";
import { ExtractiveLanguageModel, HashEmbeddingModel } from "../connectors/builtin/index.ts";
import { connectDns } from "../connectors/dns/index.ts";
import { openLocalModels } from "../connectors/local/index.ts";
import { connectOpenAiCompatible } from "../connectors/openai-compatible/index.ts";
import { connectSlack } from "../connectors/slack/index.ts";
import { connectSmtp, noMailer } from "../connectors/smtp/index.ts";
import { connectTwilio } from "../connectors/twilio/index.ts";
import type { Services } from "../faces/principal.ts";
import { tellOfNewDevice } from "../modules/account/index.ts";
import { textReportPath } from "../modules/communication/index.ts";
import {
  accessTokenSigner,
  createAuth,
  ensurePlatformAdmins,
  noteSession,
  type SocialClients,
} from "../modules/identity/index.ts";
import { ensurePlans } from "../modules/plans/index.ts";
import { createCertificateSigner } from "../modules/tenants/index.ts";
import { createAccessTokens } from "../modules/tokens/index.ts";
import { createVisitorTokens } from "../modules/widgets/index.ts";
import { createDiskBlobStore, createS3BlobStore, type DiskBlobStore } from "../platform/blobs/index.ts";
import { systemClock, systemTicker } from "../platform/clock/index.ts";
import { createVault, loadOrCreateMasterSecret, namedMasterKey } from "../platform/crypto/index.ts";
import { type Db, migrateDb, openDb } from "../platform/db/index.ts";
import type { Env } from "../platform/env/index.ts";
import { createEventBus } from "../platform/events/index.ts";
import { createOutbound } from "../platform/http/index.ts";
import { createJobs } from "../platform/jobs/index.ts";
import type { Log } from "../platform/log/index.ts";
import { createMetrics } from "../platform/metrics/index.ts";
import { createRateLimiter } from "../platform/rate-limit/index.ts";
import type { Models } from "../ports/index.ts";
import { modelConnectors } from "./connect-models.ts";
import { followers } from "./followers.ts";
import { queues } from "./queues.ts";

export interface Running {
  services: Services;
  /** Present where blobs are on this disk: its routes take uploads and give downloads. */
  diskBlobs: DiskBlobStore | null;
  /** Makes the tokens that show that a change comes from our own pages. */
  csrfKey: Uint8Array;
  close(): Promise<void>;
}

/** Opens everything that a process has one of. `db` is given by tests. */
export async function buildServices(env: Env, log: Log, given: { db?: Db } = {}): Promise<Running> {
  const master = env.PARLANCE_SECRET
    ? Buffer.from(env.PARLANCE_SECRET, "base64")
    : Buffer.from(await loadOrCreateMasterSecret(env.DATA_DIR));
  if (master.byteLength !== 32) throw new Error("PARLANCE_SECRET must be 32 bytes in base64.");
  const derive = (purpose: string, from: Uint8Array = master) =>
    new Uint8Array(hkdfSync("sha256", from, "", purpose, 32));
  // all keys were named "1" before they were named after themselves
  const masterKeys = [master, ...env.PARLANCE_SECRET_PREVIOUS.map((text) => Buffer.from(text, "base64"))]
    .filter((secret, at, all) => all.findIndex((other) => secret.equals(other)) === at)
    .map((secret) => namedMasterKey(derive("vault", secret), ["1"]));

  const db = given.db ?? (await open(env));
  await ensurePlans(db);
  await ensurePlatformAdmins(db, env.PLATFORM_ADMINS);
  const events = await createEventBus(db, log);
  const jobs = await createJobs(db, log, queues);
  const outbound = createOutbound({ allowPrivate: allowedInside(env) });
  const rateLimiter = createRateLimiter({
    ...(env.REDIS_URL ? { redisUrl: env.REDIS_URL } : {}),
    onRedisError: (error) => log.warn({ error }, "Redis does not answer: rate limits count in this process"),
  });
  const diskBlobs = env.S3_ENDPOINT
    ? null
    : createDiskBlobStore({
        directory: join(env.DATA_DIR, "blobs"),
        publicUrl: env.PUBLIC_URL,
        secret: Buffer.from(derive("blob-links")).toString("hex"),
      });
  const models: Models = {
    builtin: {
      language: new ExtractiveLanguageModel(),
      embedding: new HashEmbeddingModel(),
    },
    local: await openLocalModels(env.LOCAL_MODELS_DIR),
    server: env.OPENAI_BASE_URL
      ? connectOpenAiCompatible(
          {
            provider: "openai",
            baseUrl: env.OPENAI_BASE_URL,
            apiKey: env.OPENAI_API_KEY ?? "",
            model: env.OPENAI_MODEL,
          },
          outbound.fetch,
        )
      : null,
    silenceLimit: env.MODEL_SILENCE_LIMIT,
    testLimit: env.MODEL_TEST_LIMIT,
    ...modelConnectors(outbound.fetch),
  };

  const mailer =
    env.SMTP_URL && env.MAIL_FROM ? connectSmtp({ url: env.SMTP_URL, from: env.MAIL_FROM }) : noMailer;
  const auth = createAuth({
    db,
    publicUrl: env.PUBLIC_URL,
    secret: Buffer.from(derive("cookies")).toString("base64"),
    signUp: env.SIGN_UP,
    platformAdmins: env.PLATFORM_ADMINS,
    social: socialClients(env),
    now: () => services.now(),
    onNewDevice: (device) => tellOfNewDevice(services, device),
    onSession: (session) => noteSession(services, session),
    log,
  });
  const services: Services = {
    db,
    jobs,
    events,
    followers,
    blobs: diskBlobs ?? s3(env, outbound.fetch),
    vault: createVault({ masterKeys }),
    outbound,
    rateLimiter,
    metrics: createMetrics(),
    log,
    now: systemClock,
    ticker: systemTicker,
    publicUrl: env.PUBLIC_URL,
    ports: {
      models,
      visitorTokens: createVisitorTokens(derive("visitor-tokens")),
      accessTokens: createAccessTokens(accessTokenSigner({ ports: { auth } }), env.PUBLIC_URL, () =>
        services.now(),
      ),
      certificates: await createCertificateSigner(derive("deletion-certificates")),
      mailer,
      slack: connectSlack({ fetch: outbound.fetch, baseUrl: env.SLACK_URL }),
      sms: connectTwilio({
        fetch: outbound.fetch,
        baseUrl: env.TWILIO_URL,
        reportUrl: (reference) => (env.isPublicUrlSet ? env.PUBLIC_URL + textReportPath(reference) : null),
      }),
      dns: connectDns(env.DNS_SERVERS),
      auth,
    },
  };
  return {
    services,
    diskBlobs,
    csrfKey: derive("csrf"),
    async close() {
      await jobs.stop();
      await events.close();
      rateLimiter.close();
      mailer.close();
      await outbound.close();
      if (!given.db) await db.close();
    },
  };
}

async function open(env: Env): Promise<Db> {
  if (!env.DATABASE_URL) {
    const db = await openDb({ directory: join(env.DATA_DIR, "database") });
    await migrateDb(db);
    return db;
  }
  const migrating = await openDb({ url: env.MIGRATION_DATABASE_URL ?? env.DATABASE_URL, poolSize: 2 });
  try {
    await migrateDb(migrating);
  } finally {
    await migrating.close();
  }
  return openDb({ url: env.DATABASE_URL, poolSize: env.DATABASE_POOL_SIZE });
}

/**
 * The operator's own model address may be inside, and what they list. On a machine that serves only
 * itself so may a local Ollama, which is where its owner expects to find it.
 */
function allowedInside(env: Env): string[] {
  const hosts = [...env.OUTBOUND_ALLOWED_HOSTS];
  if (env.OPENAI_BASE_URL) hosts.push(hostWithPort(env.OPENAI_BASE_URL));
  if (env.HOST === "localhost" || env.HOST === "127.0.0.1") hosts.push("localhost:11434", "127.0.0.1:11434");
  return hosts;
}

/** Google and GitHub, each where its two variables are set. */
function socialClients(env: Env): SocialClients {
  const client = (clientId?: string, clientSecret?: string, baseUrl?: string) =>
    clientId && clientSecret
      ? { clientId, clientSecret, baseUrl: baseUrl?.replace(/\/$/, "") ?? null }
      : null;
  return {
    google: client(env.GOOGLE_CLIENT_ID, env.GOOGLE_CLIENT_SECRET, env.GOOGLE_BASE_URL),
    github: client(env.GITHUB_CLIENT_ID, env.GITHUB_CLIENT_SECRET, env.GITHUB_BASE_URL),
  };
}

function hostWithPort(address: string): string {
  const url = new URL(address);
  return `${url.hostname}:${url.port || (url.protocol === "https:" ? "443" : "80")}`;
}

function s3(env: Env, fetch: typeof globalThis.fetch) {
  return createS3BlobStore({
    endpoint: env.S3_ENDPOINT ?? "",
    bucket: env.S3_BUCKET ?? "",
    region: env.S3_REGION,
    accessKeyId: env.S3_ACCESS_KEY_ID ?? "",
    secretAccessKey: env.S3_SECRET_ACCESS_KEY ?? "",
    forcePathStyle: true,
    fetch,
  });
}
