import { z } from "zod";
import { publicRoute, type Route } from "../../faces/http/route.ts";

export const certificateRoutes: Route[] = [
  publicRoute({
    method: "GET",
    path: "/api/deletion-certificates/keys",
    summary: "What certificates of deletion are checked with, as a JSON Web Key Set.",
    response: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }),
    run: async ({ services }) => services.ports.certificates.keys,
  }),
];
