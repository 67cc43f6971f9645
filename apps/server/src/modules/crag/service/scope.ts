import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { defaultTopK, findBot, theKnowledgeBaseIn } from "../../bots/index.ts";
import type { QuestionInput } from "../crag.schema.ts";

/** Where a question is to be judged, and by how many passages: as the bot would, where one is named. */
export async function placeOf(
  ctx: Ctx,
  input: QuestionInput,
): Promise<{ knowledgeBaseId: string; topK: number }> {
  const knowledgeBaseId = await theKnowledgeBaseIn(ctx, input);
  const { botId } = input;
  if (input.topK !== undefined) return { knowledgeBaseId, topK: input.topK };
  if (!botId) return { knowledgeBaseId, topK: defaultTopK };
  const { retrieval } = await inTx(ctx, (ctx) => findBot(ctx, botId));
  return { knowledgeBaseId, topK: retrieval.topK };
}
