import { inTx } from "../../../platform/ctx/index.ts";
import type { Place } from "../../../platform/db/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import type { AuditEntryShown, AuditFilter, ExportAudit } from "../audit.schema.ts";
import { recordAudit } from "../audit.ts";
import { assertCan } from "../identity.policy.ts";
import { areMoreThan, readAudit } from "./audit.queries.ts";
import { csvLine } from "./csv.ts";
import { describeEntries } from "./search-audit.ts";

/** Entries that one export looks at. More are asked for in several, by their dates. */
export const mostExported = 100_000;
/** Entries that are read at once: each batch is a transaction of its own. */
const batchSize = 1_000;

/**
 * The lines of an export, newest entry first. It is complete, or refused before its first line; that it was made is
 * itself in the log.
 */
export async function exportAudit(ctx: Ctx, input: ExportAudit): Promise<AsyncGenerator<string>> {
  assertCan(ctx.actor, "read audit log");
  const { format, ...given } = input;
  // up to here: what comes while the export runs, itself included, is not in it
  const filter: AuditFilter = { ...given, to: given.to ?? ctx.now() };
  await inTx(ctx, async (ctx) => {
    if (await areMoreThan(ctx, filter, mostExported)) {
      throw new AppError(
        "VALIDATION_ERROR",
        `An export has at most ${mostExported} entries. Choose a shorter time by "from" and "to".`,
      );
    }
    await recordAudit(ctx, {
      action: "audit.exported",
      subjectType: "audit_log",
      subjectId: ctx.tenantId,
      after: { format, ...filter },
    });
  });
  return format === "csv" ? csv(entries(ctx, filter)) : jsonLines(entries(ctx, filter));
}

async function* entries(ctx: Ctx, filter: AuditFilter): AsyncGenerator<AuditEntryShown> {
  let before: Place | null = null;
  do {
    const from: Place | null = before;
    const batch = await inTx(ctx, async (ctx) => {
      const { rows, next } = await readAudit(ctx, filter, { before: from, limit: batchSize });
      return { shown: await describeEntries(ctx, rows), next };
    });
    yield* batch.shown;
    before = batch.next;
  } while (before);
}

const columns = [
  ["number", (entry) => entry.sequence],
  ["time", (entry) => entry.createdAt.toISOString()],
  ["actor kind", (entry) => entry.actor.kind],
  ["actor id", (entry) => entry.actor.id],
  ["actor name", (entry) => entry.actor.name],
  ["action", (entry) => entry.action],
  ["subject type", (entry) => entry.subject.type],
  ["subject id", (entry) => entry.subject.id],
  ["before", (entry) => entry.before && JSON.stringify(entry.before)],
  ["after", (entry) => entry.after && JSON.stringify(entry.after)],
  ["IP address", (entry) => entry.ipAddress],
  ["user agent", (entry) => entry.userAgent],
  ["request id", (entry) => entry.requestId],
] as const satisfies [string, (entry: AuditEntryShown) => string | number | null][];

async function* csv(lines: AsyncGenerator<AuditEntryShown>): AsyncGenerator<string> {
  yield csvLine(columns.map(([title]) => title));
  for await (const entry of lines) yield csvLine(columns.map(([, value]) => value(entry)));
}

async function* jsonLines(lines: AsyncGenerator<AuditEntryShown>): AsyncGenerator<string> {
  for await (const entry of lines) yield `${JSON.stringify(entry)}\n`;
}
