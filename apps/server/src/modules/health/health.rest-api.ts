import { z } from "zod";
import { publicRoute, type Route } from "../../faces/http/route.ts";
import { checkReadiness } from "./health.service.ts";

export const healthRoutes: Route[] = [
  publicRoute({
    method: "GET",
    path: "/health/live",
    summary: "Answers as long as the process runs.",
    limit: "health",
    response: z.object({ status: z.literal("ok") }),
    run: async () => ({ status: "ok" }),
  }),
  publicRoute({
    method: "GET",
    path: "/health/ready",
    summary: "Each dependency with its state; status 503 while one is away.",
    limit: "health",
    async run({ services }, { reply }) {
      const result = await checkReadiness(services);
      return reply.status(result.ready ? 200 : 503).send(result);
    },
  }),
];
