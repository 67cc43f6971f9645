import { z } from "zod";
import { protectedProcedure, router } from "../../faces/trpc/index.ts";
import { updateWidgetSchema, widgetSchema } from "./widgets.schema.ts";
import { getWidget, updateWidget } from "./widgets.service.ts";

export const widgetConfigRouter = router({
  getByBotId: protectedProcedure
    .input(z.object({ botId: z.uuid() }))
    .output(widgetSchema)
    .query(({ ctx, input }) => getWidget(ctx, input)),
  update: protectedProcedure
    .input(updateWidgetSchema)
    .output(widgetSchema)
    .mutation(({ ctx, input }) => updateWidget(ctx, input)),
});
