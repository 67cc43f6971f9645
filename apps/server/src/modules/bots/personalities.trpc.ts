import { z } from "zod";
import { paginate, paginatedSchema } from "../../faces/pagination.ts";
import { router, tenantProcedure } from "../../faces/trpc/index.ts";
import {
  createPersonalitySchema,
  listPersonalitiesSchema,
  personalitySchema,
  updatePersonalitySchema,
} from "./personalities.schema.ts";
import * as personalities from "./service/manage-personalities.ts";

const byId = z.object({ id: z.uuid() });

/** Seed 000: the tenant's own prompts, which its bots share. */
export const aiPersonalitiesRouter = router({
  create: tenantProcedure
    .input(createPersonalitySchema)
    .output(personalitySchema)
    .mutation(({ ctx, input }) => personalities.createPersonality(ctx, input)),
  list: tenantProcedure
    .input(listPersonalitiesSchema)
    .output(paginatedSchema(personalitySchema))
    .query(async ({ ctx, input }) => {
      const { items, total } = await personalities.listPersonalities(ctx, input);
      return paginate("/trpc/aiPersonalities.list", input, items, total);
    }),
  get: tenantProcedure
    .input(byId)
    .output(personalitySchema)
    .query(({ ctx, input }) => personalities.getPersonality(ctx, input)),
  update: tenantProcedure
    .input(updatePersonalitySchema)
    .output(personalitySchema)
    .mutation(({ ctx, input }) => personalities.updatePersonality(ctx, input)),
  delete: tenantProcedure
    .input(byId)
    .output(z.object({ success: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await personalities.deletePersonality(ctx, input);
      return { success: true } as const;
    }),
  setDefault: tenantProcedure
    .input(byId)
    .output(personalitySchema)
    .mutation(({ ctx, input }) => personalities.setDefaultPersonality(ctx, input)),
});
