import type { Browser } from "../../../faces/principal.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { recordAudit } from "../audit.ts";
import { authOf } from "../auth/auth-of.ts";

/** Ends the session of the browser that asks, and takes its cookies away. */
export async function signOut(ctx: Ctx, browser: Browser, sessionId: string): Promise<void> {
  const { headers } = await authOf(ctx).api.signOut({ headers: browser.headers, returnHeaders: true });
  browser.setCookies(headers.getSetCookie());
  await inTx(ctx, (ctx) =>
    recordAudit(ctx, { action: "session.ended", subjectType: "session", subjectId: sessionId }),
  );
}
