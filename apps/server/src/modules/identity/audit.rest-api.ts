import { Readable } from "node:stream";
import { type Route, route } from "../../faces/http/route.ts";
import { exportAuditSchema } from "./audit.schema.ts";
import { exportAudit } from "./logs/export-audit.ts";

const types = { csv: "text/csv; charset=utf-8", jsonl: "application/jsonl; charset=utf-8" };

/** A route and no procedure, because it answers a file that is written while it is read. */
export const auditRoutes: Route[] = [
  route({
    method: "POST",
    path: "/api/audit/export",
    summary: "The audit log as CSV or JSON Lines, newest entry first, by the filters of audit.list.",
    auth: "member",
    body: exportAuditSchema,
    async run(ctx, { body, reply }) {
      const lines = await exportAudit(ctx, body);
      return reply
        .header("content-type", types[body.format])
        .header("content-disposition", `attachment; filename="audit-log.${body.format}"`)
        .header("cache-control", "no-store")
        .send(Readable.from(lines));
    },
  }),
];
