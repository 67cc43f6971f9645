import { contextFor, type Services } from "../../../faces/principal.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { recordAudit } from "../audit.ts";
import { recordSecurityEvent } from "../logs/record-security-event.ts";

export interface BegunSession {
  id: string;
  userId: string;
  tenantId: string;
  ipAddress: string | null;
  userAgent: string | null;
}

/** Writes that a session began, by whichever way in, where its person works first. */
export async function noteSession(services: Services, session: BegunSession): Promise<void> {
  const { id, userId, tenantId, ipAddress, userAgent } = session;
  const actor = { kind: "user", userId, name: "", role: "", rights: new Set<string>() } as const;
  await inTx(contextFor(services, actor, tenantId, ipAddress, { userAgent }), async (ctx) => {
    await recordAudit(ctx, { action: "session.started", subjectType: "session", subjectId: id });
    await recordSecurityEvent(ctx, { kind: "signed_in", userId, ipAddress, userAgent });
  });
}
