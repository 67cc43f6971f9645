import { inTx } from "../../../platform/ctx/index.ts";
import { notices } from "../../../platform/events/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { assertCan } from "../../identity/index.ts";
import { documentChanged } from "../knowledge.events.ts";
import { listDocuments, toDocument } from "../knowledge.queries.ts";
import type { KnowledgeDocument } from "../knowledge.schema.ts";

/** Each change of a document of the knowledge base, as it then is, until `signal` aborts. */
export async function* watchDocuments(
  ctx: Ctx,
  input: { knowledgeBaseId: string; signal: AbortSignal },
): AsyncGenerator<KnowledgeDocument | { id: string; deleted: true }> {
  assertCan(ctx.actor, "read bots");
  const changes = notices(ctx.events, ctx.tenantId, documentChanged, input.signal);
  for await (const { documentId, knowledgeBaseId, deleted } of changes) {
    if (knowledgeBaseId !== input.knowledgeBaseId) continue;
    const all = deleted ? [] : await inTx(ctx, (ctx) => listDocuments(ctx, knowledgeBaseId));
    const row = all.find((document) => document.id === documentId);
    yield row ? toDocument(row) : { id: documentId, deleted: true };
  }
}
