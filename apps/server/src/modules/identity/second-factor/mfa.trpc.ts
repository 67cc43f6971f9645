import { z } from "zod";
import { protectedProcedure, router, signedInProcedure } from "../../../faces/trpc/index.ts";
import { rotateSession } from "../auth/sessions.ts";
import { confirmPerson } from "./confirm-person.ts";
import {
  backupCodesSchema,
  confirmSchema,
  policySchema,
  setUpSchema,
  shownSchema,
  statusSchema,
  verifySchema,
} from "./mfa.schema.ts";
import { getMfaPolicy, setMfaPolicy } from "./policy.ts";
import { startSetUp } from "./set-up.ts";
import { showSecondFactor } from "./show.ts";
import { mfaStatus } from "./status.ts";
import { renewBackupCodes, turnOff } from "./turn-off.ts";

/** Seed 000: two-step verification of one's own account. The first three also work while a session lacks its second factor. */
export const mfaRouter = router({
  status: signedInProcedure.output(statusSchema).query(async ({ ctx }) => {
    const { user, sessionId, secondFactor } = ctx.principal;
    return { ...(await mfaStatus(ctx, user.id, sessionId)), secondFactor };
  }),
  setup: signedInProcedure
    .input(confirmSchema.default({}))
    .output(setUpSchema)
    .mutation(async ({ ctx, input }) => {
      const { user, sessionId } = ctx.principal;
      await confirmPerson(ctx, { userId: user.id, sessionId, ...input });
      return startSetUp(ctx, { userId: user.id, email: user.email });
    }),
  verify: signedInProcedure
    .input(verifySchema)
    .output(shownSchema)
    .mutation(({ ctx, input }) =>
      showSecondFactor(ctx, ctx.browser, {
        userId: ctx.principal.user.id,
        sessionId: ctx.principal.sessionId,
        code: input.code,
        trust: input.trustDevice,
      }),
    ),
  regenerateBackupCodes: protectedProcedure
    .input(confirmSchema.default({}))
    .output(backupCodesSchema)
    .mutation(async ({ ctx, input }) => {
      const { user, sessionId } = ctx.principal;
      await confirmPerson(ctx, { userId: user.id, sessionId, ...input });
      return { backupCodes: await renewBackupCodes(ctx, user.id) };
    }),
  disable: protectedProcedure
    .input(confirmSchema.default({}))
    .output(z.object({ success: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      const { user, sessionId } = ctx.principal;
      await confirmPerson(ctx, { userId: user.id, sessionId, ...input });
      await turnOff(ctx, user.id);
      await rotateSession(ctx, ctx.browser, { mfaAt: null });
      return { success: true as const };
    }),
});

/** What a workspace asks of its members; `enterpriseSecurity` has them. */
export const mfaPolicyProcedures = {
  getMfaPolicy: protectedProcedure.output(policySchema).query(({ ctx }) => getMfaPolicy(ctx)),
  setMfaPolicy: protectedProcedure
    .input(policySchema.pick({ requireMfa: true }))
    .output(policySchema)
    .mutation(({ ctx, input }) =>
      setMfaPolicy(ctx, input.requireMfa, ctx.principal.secondFactor === "shown"),
    ),
};
