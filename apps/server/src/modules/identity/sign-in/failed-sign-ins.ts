import { z } from "zod";
import type { Services } from "../../../faces/principal.ts";
import { defineQueue } from "../../../platform/jobs/index.ts";
import { recordSecurityEvent } from "../logs/record-security-event.ts";
import { findUserByEmail } from "../users.ts";

/** A sign-in that failed. Who it concerns is looked up by the worker, so that the answer takes the same time for all. */
export const failedSignInQueue = defineQueue({
  name: "identity.failed-sign-in",
  schema: z.object({
    email: z.string(),
    ipAddress: z.string().nullable(),
    userAgent: z.string().nullable(),
    /** Whether this try used up what was free. */
    isLast: z.boolean(),
  }),
});

type FailedSignIn = z.infer<typeof failedSignInQueue.schema>;

export async function noteFailedSignIn(services: Services, failed: FailedSignIn): Promise<void> {
  await services.jobs.enqueueAlone(failedSignInQueue, failed);
}

/** The worker's part: an address without an account concerns nobody. */
export async function recordFailedSignIn(services: Services, failed: FailedSignIn): Promise<void> {
  const { email, isLast, ...where } = failed;
  const user = await findUserByEmail(services.db, email);
  if (!user) return;
  await recordSecurityEvent(services, { kind: "sign_in_failed", userId: user.id, ...where });
  if (isLast) await recordSecurityEvent(services, { kind: "locked_out", userId: user.id, ...where });
}
