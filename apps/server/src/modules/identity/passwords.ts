import { isAPIError } from "better-auth/api";
import { eq } from "drizzle-orm";
import type { Db } from "../../platform/db/index.ts";
import { AppError } from "../../platform/errors/index.ts";
import type { Auth } from "./auth/create-auth.ts";
import { sessions } from "./identity.tables.ts";

/**
 * Changes the password of whoever the request's cookie signs in. All their sessions end; the present one is
 * replaced by a new one in the same tenant, whose cookies are returned.
 */
export async function changeOwnPassword(
  auth: Auth,
  db: Db,
  input: { headers: Headers; currentPassword: string; newPassword: string },
): Promise<string[]> {
  const { headers, ...passwords } = input;
  const before = await auth.api.getSession({ headers });
  try {
    const changed = await auth.api.changePassword({
      headers,
      body: { ...passwords, revokeOtherSessions: true },
      returnHeaders: true,
    });
    const { token } = changed.response;
    if (token) {
      await db
        .system()
        .update(sessions)
        .set({ activeOrganizationId: before?.session.activeOrganizationId ?? null })
        .where(eq(sessions.token, token));
    }
    return changed.headers.getSetCookie();
  } catch (error) {
    if (!isAPIError(error) || error.statusCode >= 500) throw error;
    if (error.body?.code === "INVALID_PASSWORD") {
      const message = "The current password is not right. Nothing was changed.";
      throw new AppError("VALIDATION_ERROR", message, {
        details: { fields: [{ path: "currentPassword", message }] },
      });
    }
    throw new AppError("VALIDATION_ERROR", error.message);
  }
}
