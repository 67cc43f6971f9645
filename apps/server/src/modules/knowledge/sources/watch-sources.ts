import { inTx } from "../../../platform/ctx/index.ts";
import { notices } from "../../../platform/events/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { assertCan } from "../../identity/index.ts";
import { sourceChanged } from "../knowledge.events.ts";
import { describeSources, findSource } from "./sources.queries.ts";
import type { KnowledgeSource } from "./sources.schema.ts";

/** Each change of a source of the knowledge base, as it then is, until `signal` aborts. */
export async function* watchSources(
  ctx: Ctx,
  input: { knowledgeBaseId: string; signal: AbortSignal },
): AsyncGenerator<KnowledgeSource | { id: string; deleted: true }> {
  assertCan(ctx.actor, "read bots");
  const changes = notices(ctx.events, ctx.tenantId, sourceChanged, input.signal);
  for await (const { sourceId, knowledgeBaseId, deleted } of changes) {
    if (knowledgeBaseId !== input.knowledgeBaseId) continue;
    const source = deleted
      ? null
      : await inTx(ctx, async (ctx) => {
          const row = await findSource(ctx, { sourceId }).catch(() => null);
          return row && (await describeSources(ctx, [row]))[0];
        });
    yield source ?? { id: sourceId, deleted: true };
  }
}
