import { z } from "zod";
import { publicRoute, type Route } from "../../faces/http/route.ts";
import { templateIcon } from "./templates.service.ts";

export const templateRoutes: Route[] = [
  publicRoute({
    method: "GET",
    path: "/api/templates/{templateId}/icon.svg",
    summary: "The picture of a bot template.",
    limit: "template",
    params: z.object({ templateId: z.uuid() }),
    async run(_caller, { params, reply }) {
      const icon = templateIcon(params.templateId);
      return reply
        .type("image/svg+xml; charset=utf-8")
        .header("cache-control", "public, max-age=3600")
        .send(icon);
    },
  }),
];
