import { z } from "zod";
import { publicRoute, type Route } from "../../faces/http/route.ts";
import { absentPageHtml, pageHtml, pageLocale } from "./page-html.ts";
import { findPublicPage } from "./public-page.ts";

export const publicPageRoutes: Route[] = [
  publicRoute({
    method: "GET",
    path: "/c/{publicUrlId}",
    summary: "The public page of a bot: a chat with it, as HTML.",
    limit: "publicPage",
    params: z.object({ publicUrlId: z.string() }),
    async run({ services }, { params, request, reply }) {
      const locale = pageLocale(request.headers["accept-language"]);
      const page = await findPublicPage(services, params.publicUrlId);
      reply
        .header("vary", "accept-language")
        .header("cache-control", "no-cache")
        .header("x-robots-tag", "noindex")
        .type("text/html; charset=utf-8");
      if (!page) reply.status(404);
      return reply.send(page ? pageHtml(page, locale) : absentPageHtml(locale));
    },
  }),
];
