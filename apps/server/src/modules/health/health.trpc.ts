import { z } from "zod";
import { publicProcedure, router } from "../../faces/trpc/index.ts";
import { checkReadiness } from "./health.service.ts";

export const healthRouter = router({
  check: publicProcedure.output(z.object({ status: z.literal("ok") })).query(() => ({ status: "ok" })),
  ready: publicProcedure
    .output(
      z.object({
        ready: z.boolean(),
        dependencies: z.array(
          z.object({
            name: z.string(),
            ok: z.boolean(),
            required: z.boolean(),
            latencyMs: z.number(),
            detail: z.string(),
          }),
        ),
      }),
    )
    .query(({ ctx }) => checkReadiness(ctx.services)),
});
