import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, id, moment, tenantId, tenantPolicy, updatedAt } from "../../platform/db/columns.ts";

/*
 * Who people are is global, because a person may belong to several tenants: the application role
 * cannot reach these tables. better-auth reads and writes them by these very names and fields.
 */

export const users = pgTable("users", {
  id: uuid("id").primaryKey(),
  name: text("name").notNull(),
  email: text("email").notNull().unique(),
  emailVerified: boolean("email_verified").notNull().default(false),
  image: text("image"),
  /** Of the platform as a whole, apart from every tenant's roles. */
  platformRole: text("platform_role", { enum: ["USER", "ADMIN"] })
    .notNull()
    .default("USER"),
  status: text("status", { enum: ["ACTIVE", "PENDING_VERIFICATION", "SUSPENDED"] })
    .notNull()
    .default("ACTIVE"),
  twoFactorEnabled: boolean("two_factor_enabled").notNull().default(false),
  /** The one in which mails to them are; null where they never told. */
  language: text("language", { enum: ["en", "fr", "ar"] }),
  lastLoginAt: moment("last_login_at"),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
});

export const sessions = pgTable(
  "sessions",
  {
    id: uuid("id").primaryKey(),
    token: text("token").notNull().unique(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** A hint only: membership is read again at every request. */
    activeOrganizationId: uuid("active_tenant_id"),
    ipAddress: text("ip_address"),
    userAgent: text("user_agent"),
    /** When a second factor was shown in this session; null: never. */
    mfaAt: moment("mfa_at"),
    /** The browser in which it began (`devices`); null for one that began before browsers were known. */
    deviceId: uuid("device_id"),
    expiresAt: moment("expires_at").notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [index("sessions_user_idx").on(t.userId)],
);

export const accounts = pgTable(
  "accounts",
  {
    id: uuid("id").primaryKey(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    accountId: text("account_id").notNull(),
    providerId: text("provider_id").notNull(),
    accessToken: text("access_token"),
    refreshToken: text("refresh_token"),
    idToken: text("id_token"),
    accessTokenExpiresAt: moment("access_token_expires_at"),
    refreshTokenExpiresAt: moment("refresh_token_expires_at"),
    scope: text("scope"),
    password: text("password"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [index("accounts_user_idx").on(t.userId)],
);

export const verifications = pgTable(
  "verifications",
  {
    // text, not uuid: better-auth chooses some of these ids itself, to notice a replay
    id: text("id").primaryKey(),
    identifier: text("identifier").notNull(),
    value: text("value").notNull(),
    expiresAt: moment("expires_at").notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [index("verifications_identifier_idx").on(t.identifier)],
);

export const tenants = pgTable("tenants", {
  id: uuid("id").primaryKey(),
  name: text("name").notNull(),
  slug: text("slug").notNull().unique(),
  logo: text("logo"),
  metadata: text("metadata"),
  status: text("status", { enum: ["active", "suspended", "deleting"] })
    .notNull()
    .default("active"),
  /** Why it is suspended, in the administrator's words to its members. */
  statusReason: text("status_reason"),
  /** en, fr or ar: what its widgets speak that name none of their own; null: as the browser says. */
  language: text("language", { enum: ["en", "fr", "ar"] }),
  /** An IANA name such as Europe/Paris, for programs that count its days; null: none is meant. */
  timeZone: text("time_zone"),
  /** Hosts from which browsers may call for this tenant, and that may embed each of its widgets; empty: any. */
  allowedDomains: text("allowed_domains").array().notNull().default([]),
  /** What programs keep about the tenant (seed 002); small, and nothing of ours. */
  settings: jsonb("settings").$type<Record<string, unknown>>().notNull().default({}),
  /** Whether every way in asks for a second factor. */
  requireMfa: boolean("require_mfa").notNull().default(false),
  /** Addresses of this domain sign in by the tenant's identity provider alone; null: as their people like. */
  ssoOnlyDomain: text("sso_only_domain").unique(),
  createdAt: createdAt(),
});

export const members = pgTable(
  "members",
  {
    id: uuid("id").primaryKey(),
    organizationId: uuid("member_of_tenant")
      .notNull()
      .references(() => tenants.id, { onDelete: "cascade" }),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** One of the product's roles, or the id of one of the tenant's own (`custom_roles`). */
    role: text("role").notNull(),
    /** What they know about, in words of the tenant's: by them a conversation finds somebody. */
    skills: text("skills").array().notNull().default([]),
    /** Since when they may not work here any more; their sessions and keys have ended, their name stays. */
    deactivatedAt: moment("deactivated_at"),
    createdAt: createdAt(),
  },
  (t) => [
    uniqueIndex("members_tenant_user_idx").on(t.organizationId, t.userId),
    index("members_user_idx").on(t.userId),
  ],
);

/** An address that was asked to join. Global, because whoever opens the link belongs to no tenant yet. */
export const invitations = pgTable(
  "invitations",
  {
    id: uuid("id").primaryKey(),
    organizationId: uuid("invited_to_tenant")
      .notNull()
      .references(() => tenants.id, { onDelete: "cascade" }),
    email: text("email").notNull(),
    /** What they are called, if whoever invited them said so. */
    name: text("name"),
    role: text("role"),
    /** The team that they join first. */
    teamId: uuid("team_id"),
    skills: text("skills").array().notNull().default([]),
    status: text("status", { enum: ["pending", "accepted", "revoked"] })
      .notNull()
      .default("pending"),
    /** SHA-256 of the token in the link, in hex; null once nothing opens it any more. */
    tokenHash: text("token_hash").unique(),
    /** True when only the mailbox saw the link, so that opening it proves the address. */
    mailed: boolean("mailed").notNull().default(false),
    expiresAt: moment("expires_at").notNull(),
    inviterId: uuid("inviter_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (t) => [
    index("invitations_tenant_idx").on(t.organizationId, t.status, t.createdAt),
    // one open invitation an address: to ask again renews it
    uniqueIndex("invitations_pending_idx")
      .on(t.organizationId, t.email)
      .where(sql`status = 'pending' and token_hash is not null`),
  ],
);

/**
 * Public names that stand before a tenant is known: a widget's id in an embed code, a bot's public
 * address, the public part of an API key, an e-mail domain whose tenant proved it, an account by whose
 * name a provider writes to us. Global on purpose; it holds nothing but which tenant to ask.
 */
export const tenantDirectory = pgTable(
  "tenant_directory",
  {
    kind: text("kind", { enum: ["widget", "bot", "api_key", "sso_domain", "connection"] }).notNull(),
    key: text("key").notNull(),
    tenant: uuid("tenant")
      .notNull()
      .references(() => tenants.id, { onDelete: "cascade" }),
    /** The bot with which the name goes; null when it outlives every bot. */
    bot: uuid("bot"),
  },
  (t) => [primaryKey({ columns: [t.kind, t.key] }), index("tenant_directory_bot_idx").on(t.tenant, t.bot)],
);

/** Every mutation: who, what, before and after, from where. Rows are added and never changed. */
export const auditLog = pgTable(
  "audit_log",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: id(),
    actorKind: text("actor_kind", { enum: ["user", "visitor", "apiKey", "system"] }).notNull(),
    actorId: text("actor_id").notNull(),
    action: text("action").notNull(),
    subjectType: text("subject_type").notNull(),
    subjectId: text("subject_id").notNull(),
    before: jsonb("before"),
    after: jsonb("after"),
    ipAddress: text("ip_address"),
    userAgent: text("user_agent"),
    requestId: text("request_id"),
    createdAt: createdAt(),
    /** Its number in the tenant's log and what it was chained by (logs/chain.ts); null in rows from before the chain. */
    sequence: bigint("sequence", { mode: "number" }),
    hash: text("hash"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("audit_log_sequence_idx").on(t.tenantId, t.sequence),
    index("audit_log_subject_idx").on(t.tenantId, t.subjectType, t.subjectId),
    index("audit_log_time_idx").on(t.tenantId, t.createdAt, t.id),
    index("audit_log_actor_idx").on(t.tenantId, t.actorId, t.createdAt, t.id),
    index("audit_log_action_idx").on(t.tenantId, t.action, t.createdAt, t.id),
    tenantPolicy(),
  ],
).enableRLS();
