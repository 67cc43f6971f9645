import type { Principal } from "../../faces/principal.ts";
import type { Membership } from "./membership.ts";

interface LiveSession {
  id: string;
  user: { id: string; name: string; email: string };
  /** When a second factor was shown in it; null: never. */
  mfaAt: Date | null | undefined;
}

/** A live session with the membership that was read for this request, as faces know a signed-in person. */
export function toPrincipal(
  { id: sessionId, user, mfaAt }: LiveSession,
  { tenant, role, roleName, rights, image, platformRole, twoFactorEnabled }: Membership,
  { expiresAt, csrfToken }: Pick<Principal, "expiresAt" | "csrfToken">,
): Principal {
  const asksForFactor = tenant.requireMfa || twoFactorEnabled;
  return {
    sessionId,
    expiresAt,
    user: { id: user.id, name: user.name, email: user.email, image, platformRole },
    tenant,
    role,
    roleName,
    rights,
    secondFactor: mfaAt ? "shown" : asksForFactor ? "missing" : "not needed",
    csrfToken,
  };
}
