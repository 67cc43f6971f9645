import { paginate, paginatedSchema } from "../../faces/pagination.ts";
import { publicProcedure, router } from "../../faces/trpc/index.ts";
import { listTemplatesSchema, templateByIdSchema, templateSchema } from "./templates.schema.ts";
import { findTemplate, listTemplates } from "./templates.service.ts";

/** An office behind one address browses freely, a loop does not. */
const templateProcedure = publicProcedure.meta({ auth: "public", limit: "template" });

export const templateRouter = router({
  list: templateProcedure
    .input(listTemplatesSchema)
    .output(paginatedSchema(templateSchema))
    .query(({ input }) => {
      const { items, total } = listTemplates(input);
      return paginate("/trpc/template.list", input, items, total);
    }),
  byId: templateProcedure
    .input(templateByIdSchema)
    .output(templateSchema.nullable())
    .query(({ input }) => findTemplate(input.id, input.locale)),
});
