import type { z } from "zod";
import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { findBot } from "../../bots/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { listDocuments } from "../../knowledge/index.ts";
import type { importCasesSchema, importedSchema } from "../evaluations.schema.ts";
import { type CsvFault, readCsv } from "../making/read-csv.ts";
import { addCases, type NewCase } from "./add-cases.ts";

/** Adds the cases of a table. Lines with faults are left out and told by their numbers; the others are added. */
export async function importCases(
  ctx: Ctx,
  input: z.infer<typeof importCasesSchema>,
): Promise<z.infer<typeof importedSchema>> {
  assertCan(ctx.actor, "evaluate bots");
  const { knowledgeBaseId } = await inTx(ctx, (ctx) => findBot(ctx, input.botId));
  const { cases, faults } = readCsv(input.csv);
  const documents = await listDocuments(ctx, { knowledgeBaseId });
  const idOf = (named: string) => documents.find(({ id, name }) => id === named || name === named)?.id;
  const errors: CsvFault[] = [...faults];
  const fresh: NewCase[] = [];
  for (const { line, content, document } of cases) {
    const goldDocumentId = document === null ? null : idOf(document);
    if (goldDocumentId === undefined) {
      errors.push({ line, message: `The bot has no document "${document}".` });
      continue;
    }
    fresh.push({ content: { ...content, goldDocumentId }, origin: "csv", originId: null, isEnabled: true });
  }
  return inTx(ctx, async (ctx) => {
    const { ids: _ids, ...added } = await addCases(ctx, input.botId, fresh);
    if (added.added > 0) {
      await recordAudit(ctx, {
        action: "evaluation-cases.imported",
        subjectType: "bot",
        subjectId: input.botId,
        after: added,
      });
    }
    return { ...added, errors: errors.sort((a, b) => a.line - b.line).slice(0, 100) };
  });
}
