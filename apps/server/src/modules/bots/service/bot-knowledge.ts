import type { Ctx } from "../../../ports/index.ts";
import { assertCan } from "../../identity/index.ts";
import { getFreshness, pageDocuments, setStaleAfter } from "../../knowledge/index.ts";
import { type KnowledgeScope, knowledgeBaseIn, theKnowledgeBaseIn } from "./knowledge-scope.ts";

type Listing = Omit<Parameters<typeof pageDocuments>[1], "knowledgeBaseId">;

/** A page of the documents that are meant. */
export async function listKnowledge(
  ctx: Ctx,
  { botId, knowledgeBaseId, ...listing }: KnowledgeScope & Listing,
) {
  assertCan(ctx.actor, "read bots");
  return pageDocuments(ctx, {
    ...listing,
    knowledgeBaseId: await knowledgeBaseIn(ctx, { botId, knowledgeBaseId }),
  });
}

/** How old the documents are that are meant. */
export async function freshnessIn(ctx: Ctx, scope: KnowledgeScope) {
  assertCan(ctx.actor, "read bots");
  return getFreshness(ctx, { knowledgeBaseId: await theKnowledgeBaseIn(ctx, scope) });
}

/** From when on they count as stale. Bots that share a knowledge base share this. */
export async function setStaleAfterIn(
  ctx: Ctx,
  { staleAfterDays, ...scope }: KnowledgeScope & { staleAfterDays: number },
) {
  assertCan(ctx.actor, "manage knowledge");
  return setStaleAfter(ctx, { knowledgeBaseId: await theKnowledgeBaseIn(ctx, scope), staleAfterDays });
}
