import { z } from "zod";
import { publicRoute, type Route } from "../../faces/http/route.ts";
import { textReportPath } from "./reference.ts";
import { receiveReport } from "./service/receive-report.ts";

/** What providers tell of texts that they took. */
export const textReportRoutes: Route[] = [
  publicRoute({
    method: "POST",
    path: textReportPath("{reference}"),
    summary: "Twilio's status callbacks, signed by the connected account's auth token.",
    dialect: "v1",
    limit: "webhook",
    form: true,
    rawBody: true,
    params: z.object({ reference: z.string().max(100) }),
    response: z.object({ ok: z.literal(true) }),
    async run({ services, ipAddress }, { params: { reference }, rawBody, request }) {
      const signature = String(request.headers["x-twilio-signature"] ?? "").slice(0, 200);
      await receiveReport(services, { reference, body: rawBody ?? "", signature, ipAddress });
      return { ok: true };
    },
  }),
];
