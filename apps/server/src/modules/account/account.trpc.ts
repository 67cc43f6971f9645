import { z } from "zod";
import { protectedProcedure } from "../../faces/trpc/index.ts";
import { userSchema } from "../identity/index.ts";
import { changePasswordSchema, updateProfileSchema } from "./account.schema.ts";
import { changePassword } from "./service/change-password.ts";
import { getOwnUser, updateProfile } from "./service/profile.ts";

/** Seed 001, section 4.2: what a person does with their own account. */
export const accountProcedures = {
  me: protectedProcedure.output(userSchema).query(({ ctx }) => getOwnUser(ctx)),
  updateProfile: protectedProcedure
    .input(updateProfileSchema)
    .output(userSchema)
    .mutation(({ ctx, input }) => updateProfile(ctx, input)),
  changePassword: protectedProcedure
    .input(changePasswordSchema)
    .output(z.object({ success: z.literal(true), message: z.string() }))
    .mutation(async ({ ctx, input }) => {
      await changePassword(ctx, { ...input, sessionId: ctx.principal.sessionId }, ctx.browser);
      return {
        success: true as const,
        message: "The password was changed. Every other session of yours has ended.",
      };
    }),
};
