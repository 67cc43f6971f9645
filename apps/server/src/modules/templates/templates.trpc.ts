import { paginate, paginatedSchema } from "../../faces/pagination.ts";
import { publicProcedure, router } from "../../faces/trpc/index.ts";
import { AppError } from "../../platform/errors/index.ts";
import { listTemplatesSchema, templateByIdSchema, templateSchema } from "./templates.schema.ts";
import { findTemplate, listTemplates } from "./templates.service.ts";

/** Calls a minute and address: an office behind one address browses freely, a loop does not. */
const limit = { limit: 300, windowMs: 60_000 };

const limitedProcedure = publicProcedure.use(async ({ ctx, next }) => {
  const attempt = await ctx.services.rateLimiter.hit(`template/${ctx.ipAddress ?? "unknown"}`, limit);
  if (attempt.allowed) return next();
  const { retryAfterSeconds } = attempt;
  throw new AppError("TOO_MANY_REQUESTS", `Too many requests. Try again in ${retryAfterSeconds} seconds.`, {
    details: { retryAfterSeconds },
  });
});

export const templateRouter = router({
  list: limitedProcedure
    .input(listTemplatesSchema)
    .output(paginatedSchema(templateSchema))
    .query(({ input }) => {
      const { items, total } = listTemplates(input);
      return paginate("/trpc/template.list", input, items, total);
    }),
  byId: limitedProcedure
    .input(templateByIdSchema)
    .output(templateSchema.nullable())
    .query(({ input }) => findTemplate(input.id, input.locale)),
});
