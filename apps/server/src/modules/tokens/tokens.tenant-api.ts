import { z } from "zod";
import type { Route } from "../../faces/http/route.ts";
import type { Services } from "../../faces/principal.ts";
import {
  publicTenantApiRoute,
  tellTotal,
  tenantApiPageQuery,
  tenantApiRoute,
} from "../../faces/tenant-api/tenant-api-route.ts";
import { assertPlatformAdmin, registerAccount, searchUsers } from "../identity/index.ts";
import { describeUser } from "./service/describe-user.ts";
import { fromOf } from "./service/from.ts";
import { signInProgram } from "./service/sign-in.ts";
import * as schema from "./tokens.schema.ts";

/** Seed 002, "Authentication". */
export const tenantApiAuthRoutes: Route[] = [
  publicTenantApiRoute({
    method: "POST",
    path: "/auth/login",
    limit: "signIn",
    summary: "Signs in. Where the account has a second factor, `code` or `backup_code` goes along.",
    body: schema.tenantApiLoginSchema,
    response: schema.tenantApiTokensSchema,
    run: ({ services }, { body: { backup_code, ...body }, request }) =>
      signIn(services, signInProgram(services, { ...body, backupCode: backup_code }, fromOf(request))),
  }),
  publicTenantApiRoute({
    method: "POST",
    path: "/auth/register",
    limit: "signIn",
    summary:
      "Makes an account with a workspace of its own. Where mail can be sent, its address is confirmed first.",
    status: 201,
    body: schema.tenantApiRegisterSchema,
    response: z.object({ status: z.enum(["registered", "verify_email"]) }),
    async run(caller, { body }) {
      const made = await registerAccount(caller, body);
      return { status: made ? ("registered" as const) : ("verify_email" as const) };
    },
  }),
  tenantApiRoute({
    method: "GET",
    path: "/auth/users",
    summary: "The accounts of the whole installation, the newest first.",
    auth: "admin",
    query: tenantApiPageQuery.extend({ search: z.string().trim().max(100).optional() }),
    response: z.array(schema.accountSchema),
    async run(ctx, { query: { page, limit, search }, reply }) {
      assertPlatformAdmin(ctx.actor);
      const { rows, total } = await searchUsers(ctx.db, { page, pageSize: limit, search });
      tellTotal(reply, total);
      return rows.map((row) => ({
        id: row.id,
        email: row.email,
        name: row.name,
        status: statusNames[row.status],
        is_admin: row.platformRole === "ADMIN",
        last_login_at: row.lastLoginAt,
        created_at: row.createdAt,
      }));
    },
  }),
];

const statusNames = {
  ACTIVE: "active",
  PENDING_VERIFICATION: "pending_verification",
  SUSPENDED: "suspended",
} as const;

async function signIn(services: Services, signing: ReturnType<typeof signInProgram>) {
  const { accessToken, refreshToken, expiresIn, ...who } = await signing;
  const { id, email, firstName, lastName, role } = await describeUser(services, who);
  return {
    access_token: accessToken,
    token_type: "bearer" as const,
    refresh_token: refreshToken,
    expires_in: expiresIn,
    user: { id, email, name: `${firstName} ${lastName}`.trim(), role, tenant_id: who.tenantId },
  };
}
