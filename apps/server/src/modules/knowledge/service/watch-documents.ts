import { inTx } from "../../../platform/ctx/index.ts";
import { isAppError } from "../../../platform/errors/index.ts";
import { notices } from "../../../platform/events/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { assertCan } from "../../identity/index.ts";
import { documentChanged } from "../knowledge.events.ts";
import { findDocument, toDocument } from "../knowledge.queries.ts";
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
    const row = deleted ? null : await inTx(ctx, (ctx) => findDocument(ctx, documentId).catch(nullIfAbsent));
    yield row ? toDocument(row) : { id: documentId, deleted: true };
  }
}

function nullIfAbsent(error: unknown): null {
  if (isAppError(error) && error.code === "NOT_FOUND") return null;
  throw error;
}
