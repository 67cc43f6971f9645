import { z } from "zod";
import { protectedProcedure, publicProcedure, router } from "../../../faces/trpc/index.ts";
import { confirmPerson } from "../second-factor/confirm-person.ts";
import { confirmSchema } from "../second-factor/mfa.schema.ts";
import { finishRegistration, finishSignIn, startRegistration, startSignIn } from "./ceremonies.ts";
import {
  assertionSchema,
  nameSchema,
  passkeySchema,
  registrationOptionsSchema,
  registrationSchema,
  signInOptionsSchema,
} from "./passkeys.schema.ts";
import { listPasskeys, removePasskey, renamePasskey } from "./passkeys.ts";

/** Passkeys of one's own account, and signing in by one. To add or remove one is confirmed as `mfa.status` says. */
export const passkeysRouter = router({
  list: protectedProcedure
    .output(z.array(passkeySchema))
    .query(({ ctx }) => listPasskeys(ctx, ctx.principal.user.id)),
  startRegistration: protectedProcedure
    .input(confirmSchema.default({}))
    .output(registrationOptionsSchema)
    .mutation(async ({ ctx, input }) => {
      const { user, sessionId } = ctx.principal;
      await confirmPerson(ctx, { userId: user.id, sessionId, ...input });
      return startRegistration(ctx, ctx.browser, user.id);
    }),
  finishRegistration: protectedProcedure
    .input(z.object({ name: nameSchema.optional(), response: registrationSchema }))
    .output(passkeySchema)
    .mutation(({ ctx, input: { name, response } }) =>
      finishRegistration(ctx, ctx.browser, { userId: ctx.principal.user.id, name, response }),
    ),
  rename: protectedProcedure
    .input(z.object({ id: z.uuid(), name: nameSchema }))
    .output(passkeySchema)
    .mutation(({ ctx, input }) => renamePasskey(ctx, ctx.principal.user.id, input)),
  delete: protectedProcedure
    .input(confirmSchema.extend({ id: z.uuid() }))
    .output(z.object({ success: z.literal(true) }))
    .mutation(async ({ ctx, input: { id, ...input } }) => {
      const { user, sessionId } = ctx.principal;
      await confirmPerson(ctx, { userId: user.id, sessionId, ...input });
      await removePasskey(ctx, user.id, id);
      return { success: true as const };
    }),
  startSignIn: publicProcedure
    .output(signInOptionsSchema)
    .mutation(({ ctx }) => startSignIn(ctx.services, ctx.browser)),
  finishSignIn: publicProcedure
    .input(z.object({ response: assertionSchema }))
    .output(z.object({ status: z.enum(["signed-in", "second-factor"]) }))
    .mutation(async ({ ctx, input }) => {
      const formerSessionId = ctx.principal?.sessionId ?? null;
      const { response } = input;
      return { status: await finishSignIn(ctx.services, ctx.browser, { response, formerSessionId }) };
    }),
});
