import { betterAuth } from "better-auth";
import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { APIError } from "better-auth/api";
import { organization } from "better-auth/plugins";
import { adminAc, memberAc, ownerAc } from "better-auth/plugins/organization/access";
import { and, asc, eq, ne } from "drizzle-orm";
import { type Role, roles } from "../../platform/ctx/index.ts";
import type { Db } from "../../platform/db/index.ts";
import { newId } from "../../platform/ids/index.ts";
import {
  accounts,
  invitations,
  members,
  sessions,
  tenants,
  users,
  verifications,
} from "./identity.tables.ts";

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
}

export type Auth = ReturnType<typeof createAuth>;

/** Accounts, passwords and sessions by better-auth; a tenant is its organization. */
export function createAuth({ db, publicUrl, secret, signUp, platformAdmins = [] }: AuthOptions) {
  return betterAuth({
    appName: "Parlance",
    baseURL: publicUrl,
    basePath: "/api/auth",
    secret,
    telemetry: { enabled: false },
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
      },
    }),
    advanced: {
      cookiePrefix: "parlance",
      useSecureCookies: publicUrl.startsWith("https:"),
      // a function, never "uuid": better-auth's own deterministic ids notice replays
      database: { generateId: () => newId() },
      ipAddress: { ipAddressHeaders: ["x-real-ip"] },
    },
    session: { expiresIn: eightHours, updateAge: 900, freshAge: 600 },
    emailAndPassword: {
      enabled: true,
      disableSignUp: signUp === "closed",
      minPasswordLength: 8,
      maxPasswordLength: 256,
      autoSignIn: true,
    },
    user: {
      additionalFields: {
        platformRole: { type: "string", input: false, required: false, defaultValue: "USER" },
        status: { type: "string", input: false, required: false, defaultValue: "ACTIVE" },
      },
    },
    // profile and password change by procedures of ours, which audit and limit them (modules/account)
    disabledPaths: ["/update-user", "/change-password"],
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
          async before(session) {
            await noteSignIn(db, session.userId);
            const tenant =
              (await firstTenantOf(db, session.userId)) ?? (await createOwnTenant(db, session.userId));
            return { data: { ...session, activeOrganizationId: tenant } };
          },
        },
      },
    },
    plugins: [
      organization({
        creatorRole: "owner",
        // what a role may do in the product is said in identity.policy.ts; this is about membership
        roles: { owner: ownerAc, admin: adminAc, agent: memberAc, member: memberAc },
        requireEmailVerificationOnInvitation: false, // no mail is sent yet
        schema: { organization: { modelName: "tenant" } },
      }),
    ],
  });
}

/**
 * The origins of the very host that was asked: the same machine by another of its names, or through the
 * development server. A page of another site cannot set the Host header.
 */
function ownOrigins(request: Request | undefined): string[] {
  const host = request?.headers.get("host");
  return host ? [`http://${host}`, `https://${host}`] : [];
}

/** Signing up makes a tenant of one's own, so that there is a place to work at once. */
async function createOwnTenant(db: Db, userId: string): Promise<string> {
  const tenantId = newId();
  await db.system().transaction(async (tx) => {
    const [user] = await tx
      .select({ name: users.name, email: users.email })
      .from(users)
      .where(eq(users.id, userId));
    const name = user?.name.trim() || user?.email.split("@")[0] || "My workspace";
    await tx.insert(tenants).values({ id: tenantId, name, slug: tenantId });
    await tx.insert(members).values({ id: newId(), organizationId: tenantId, userId, role: "owner" });
  });
  return tenantId;
}

/** Throws for a suspended user, who would otherwise be signed in and refused everything without a reason. */
async function noteSignIn(db: Db, userId: string): Promise<void> {
  const [user] = await db
    .system()
    .update(users)
    .set({ lastLoginAt: new Date() })
    .where(and(eq(users.id, userId), ne(users.status, "SUSPENDED")))
    .returning({ id: users.id });
  if (user) return;
  throw new APIError("FORBIDDEN", {
    code: "ACCOUNT_SUSPENDED",
    message: "This account is suspended. Ask whoever runs this installation.",
  });
}

async function firstTenantOf(db: Db, userId: string): Promise<string | null> {
  const [member] = await db
    .system()
    .select({ tenantId: members.organizationId })
    .from(members)
    .where(eq(members.userId, userId))
    .orderBy(asc(members.createdAt))
    .limit(1);
  return member?.tenantId ?? null;
}

export interface Membership {
  tenant: { id: string; name: string };
  role: Role;
  image: string | null;
  platformRole: "USER" | "ADMIN";
}

/**
 * A user's membership in a tenant as it stands now. Named system query: it is what decides the tenant.
 * Null for a user who is suspended or no member.
 */
export async function findMembership(db: Db, userId: string, tenantId: string): Promise<Membership | null> {
  const [row] = await db
    .system()
    .select({
      id: tenants.id,
      name: tenants.name,
      role: members.role,
      image: users.image,
      platformRole: users.platformRole,
      status: users.status,
    })
    .from(members)
    .innerJoin(tenants, eq(tenants.id, members.organizationId))
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.userId, userId), eq(members.organizationId, tenantId)));
  const role = roles.find((name) => name === row?.role);
  if (!row || !role || row.status === "SUSPENDED") return null;
  return { tenant: { id: row.id, name: row.name }, role, image: row.image, platformRole: row.platformRole };
}
