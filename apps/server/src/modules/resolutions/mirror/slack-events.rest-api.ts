import { z } from "zod";
import { publicRoute, type Route } from "../../../faces/http/route.ts";
import { receiveDelivery } from "./receive-delivery.ts";

/** Seed 004, "Webhooks (Inbound)": what Slack tells of the channels that mirror swarms. */
export const slackEventRoutes: Route[] = [
  publicRoute({
    method: "POST",
    path: "/v1/webhooks/slack/events",
    summary: "Slack's Events API, signed by the connected app's signing secret.",
    dialect: "v1",
    limit: "webhook",
    rawBody: true,
    response: z.union([z.object({ ok: z.literal(true) }), z.object({ challenge: z.string() })]),
    async run({ services, ipAddress }, { rawBody, request }) {
      const header = (name: string) => String(request.headers[name] ?? "").slice(0, 200);
      return receiveDelivery(services, {
        body: rawBody ?? "",
        timestamp: header("x-slack-request-timestamp"),
        signature: header("x-slack-signature"),
        ipAddress,
      });
    },
  }),
];
