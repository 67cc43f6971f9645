import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { z } from "zod";
import type { Clock } from "../../../platform/clock/index.ts";
import type { Db } from "../../../platform/db/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Log } from "../../../platform/log/index.ts";
import { type DeviceWatch, noteDevice } from "../devices/sign-in-device.ts";
import {
  accounts,
  invitations,
  members,
  sessions,
  tenants,
  users,
  verifications,
} from "../identity.tables.ts";
import type { BegunSession } from "../sign-in/note-session.ts";
import { assertMayComeBy } from "../sign-in/sso-only.ts";
import { passkeys as passkeyTable, signingKeys } from "./auth.tables.ts";
import { markAuth } from "./auth-of.ts";
import { startingTenant } from "./first-tenant.ts";
import { noteSignIn } from "./note-sign-in.ts";
import { accessTokens, passkeys, tenantPlugin } from "./plugins.ts";
import { sessionPlugin } from "./session-plugin.ts";
import { type SocialClients, socialProviders } from "./social-providers.ts";

const eightHours = 8 * 3600;

export interface AuthOptions {
  db: Db;
  publicUrl: string;
  /** Signs cookies. */
  secret: string;
  /** Closed: nobody makes an account by themselves. */
  signUp: "open" | "closed";
  /** E-mail addresses, in lower case, whose accounts become ADMIN of the platform when they are made. */
  platformAdmins?: readonly string[];
  /** Google and GitHub, where the operator set them up. */
  social?: SocialClients;
  now: Clock;
  /** Told of a sign-in from a browser that the person never used. */
  onNewDevice: DeviceWatch["onNewDevice"];
  /** Told of each session that begins, whichever way in it came. */
  onSession(session: BegunSession): Promise<void>;
  log: Log;
}

export type Auth = ReturnType<typeof build>;

/** Accounts, passwords and sessions by better-auth; a tenant is its organization. */
export function createAuth(options: AuthOptions): Auth {
  return markAuth(build(options));
}

const noSocial: SocialClients = { google: null, github: null };

function build(options: AuthOptions) {
  const { db, publicUrl, secret, signUp, platformAdmins = [], social = noSocial, now, onNewDevice } = options;
  const isSecure = publicUrl.startsWith("https:");
  const devices: DeviceWatch = { db, now, isSecure, onNewDevice };
  return betterAuth({
    appName: "Parlance",
    baseURL: publicUrl,
    basePath: "/api/auth",
    secret,
    telemetry: { enabled: false },
    // its messages, never what it prints beside them: that may hold a state or a code
    logger: {
      level: "warn",
      log: (level, message) => options.log.warn({ from: "better-auth", level }, message),
    },
    rateLimit: { enabled: false }, // the server's own limits stand before every face
    trustedOrigins: (request) => [publicUrl, ...ownOrigins(request)],
    database: drizzleAdapter(db.system(), {
      provider: "pg",
      schema: {
        user: users,
        session: sessions,
        account: accounts,
        verification: verifications,
        tenant: tenants,
        member: members,
        invitation: invitations,
        passkey: passkeyTable,
        jwks: signingKeys,
      },
    }),
    advanced: {
      cookiePrefix: "parlance",
      useSecureCookies: isSecure,
      // a function, never "uuid": better-auth's own deterministic ids notice replays
      database: { generateId: () => newId() },
      ipAddress: { ipAddressHeaders: ["x-real-ip"] },
    },
    session: {
      expiresIn: eightHours,
      updateAge: 900,
      freshAge: 600,
      additionalFields: {
        mfaAt: { type: "date", input: false, required: false },
        deviceId: { type: "string", input: false, required: false },
      },
    },
    // passwords are checked, set and reset by our own procedures alone (sign-in/)
    emailAndPassword: { enabled: false, disableSignUp: signUp === "closed" },
    account: {
      encryptOAuthTokens: true,
      // an account is joined only where both sides have verified the address
      accountLinking: { enabled: true, trustedProviders: [], requireLocalEmailVerified: true },
    },
    onAPIError: { errorURL: `${publicUrl}/sign-in` },
    user: {
      additionalFields: {
        platformRole: { type: "string", input: false, required: false, defaultValue: "USER" },
        status: { type: "string", input: false, required: false, defaultValue: "ACTIVE" },
      },
    },
    databaseHooks: {
      user: {
        create: {
          async before(user) {
            return { data: platformAdmins.includes(user.email) ? { ...user, platformRole: "ADMIN" } : user };
          },
        },
      },
      session: {
        create: {
          async before(session, endpoint) {
            await assertMayComeBy(db, session.userId, endpoint?.path);
            await noteSignIn(db, session.userId);
            // a session that takes another's place stays where that one worked
            const tenantId =
              session.activeOrganizationId ?? (await startingTenant(db, session.userId, signUp));
            const noted = await noteDevice(devices, session, endpoint);
            const mfaAt = session.mfaAt ?? noted.mfaAt;
            return { data: { ...session, ...noted, activeOrganizationId: tenantId, mfaAt } };
          },
          async after(session) {
            const { activeOrganizationId: tenantId } = begunSchema.parse(session);
            const { id, userId, ipAddress, userAgent } = session;
            await options.onSession({
              id,
              userId,
              tenantId,
              ipAddress: ipAddress || null,
              userAgent: userAgent || null,
            });
          },
        },
      },
    },
    plugins: [
      sessionPlugin(),
      socialProviders(social, signUp),
      tenantPlugin(),
      passkeys(publicUrl),
      accessTokens(publicUrl),
    ],
  });
}

/** What `session.create.before` put there, which better-auth's type does not know. */
const begunSchema = z.object({ activeOrganizationId: z.uuid() });

/**
 * The origins of the very host that was asked: the same machine by another of its names, or through the
 * development server. A page of another site cannot set the Host header.
 */
function ownOrigins(request: Request | undefined): string[] {
  const host = request?.headers.get("host");
  return host ? [`http://${host}`, `https://${host}`] : [];
}
