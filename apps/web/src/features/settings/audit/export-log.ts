import { csrfHeaders } from "../../../lib/trpc.ts";
import type { AuditFilter } from "./use-audit-filter.ts";

/** The server refused the export; the message is its reason. */
export class ExportRefused extends Error {}

/** Fetches the log as a file and hands it to the browser's downloads. */
export async function exportLog(format: "csv" | "jsonl", filter: AuditFilter): Promise<void> {
  const response = await fetch("/api/audit/export", {
    method: "POST",
    headers: { ...csrfHeaders(), "content-type": "application/json" },
    body: JSON.stringify({ format, ...filter }),
  });
  if (!response.ok) throw new ExportRefused(await reasonOf(response));
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = `audit-log.${format}`;
  link.click();
  URL.revokeObjectURL(url);
}

async function reasonOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null);
  const error: unknown = typeof body === "object" && body !== null ? Reflect.get(body, "error") : null;
  const message: unknown = typeof error === "object" && error !== null ? Reflect.get(error, "message") : null;
  return typeof message === "string" ? message : `HTTP ${response.status}`;
}
