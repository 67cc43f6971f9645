import { z } from "zod";
import { type Route, route } from "../../faces/http/route.ts";
import { identifyVisitor } from "./service/identify-visitor.ts";

export const identifyRoutes: Route[] = [
  route({
    method: "POST",
    path: "/api/widget/identity",
    summary:
      "Makes the widget's visitor known by a signed identity of the page's server (a JSON Web Token, HS256). The new token takes the old one's place.",
    auth: "visitor",
    limit: "visitorSession",
    body: z.object({ identityToken: z.string().min(1).max(8_000) }),
    response: z.object({ token: z.string(), customerId: z.uuid() }),
    run: (ctx, { body, request }) =>
      identifyVisitor(ctx, { ...body, origin: request.headers.origin ?? null }),
  }),
];
