import { z } from "zod";
import { protectedProcedure, router } from "../../faces/trpc/index.ts";
import { apiPermissions } from "../../platform/ctx/index.ts";
import { apiKeySchema, createApiKeySchema, longestGrace, newApiKeySchema } from "./api-keys.schema.ts";
import {
  createApiKey,
  listApiKeys,
  listPermissions,
  revokeApiKey,
  rotateApiKey,
} from "./service/manage-keys.ts";

const byId = z.object({ id: z.uuid() });

/** Seed 000, "Security": generation, rotation, revocation, permission scopes. */
export const apiKeysRouter = router({
  create: protectedProcedure
    .input(createApiKeySchema)
    .output(newApiKeySchema)
    .mutation(({ ctx, input }) => createApiKey(ctx, input)),
  permissions: protectedProcedure
    .output(z.array(z.object({ name: z.enum(apiPermissions), mayGive: z.boolean() })))
    .query(({ ctx }) => listPermissions(ctx)),
  list: protectedProcedure.output(z.array(apiKeySchema)).query(({ ctx }) => listApiKeys(ctx)),
  rotate: protectedProcedure
    .input(byId.extend({ graceHours: z.number().int().min(0).max(longestGrace).default(24) }))
    .output(newApiKeySchema)
    .mutation(({ ctx, input }) => rotateApiKey(ctx, input)),
  revoke: protectedProcedure
    .input(byId)
    .output(z.object({ success: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await revokeApiKey(ctx, input);
      return { success: true };
    }),
});
