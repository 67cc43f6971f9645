import { inTx } from "../../../platform/ctx/index.ts";
import { detectLanguage } from "../../../platform/text/index.ts";
import { queryTerms } from "../analysis.ts";
import { activeSpace, addToIndex, carryOver, mergeIndex, searchIndex } from "../index.ts";
import { type IndexTestContext, testKnowledgeBase } from "./index-world.ts";

const CHUNKS_AT_ONCE = 2_000;

export interface WordIndex {
  /** The places of the `limit` texts that fit best, after what was said before (newest first), and the name carried. */
  search(
    question: string,
    context?: readonly string[],
    options?: { said?: string; refersBack?: boolean; limit?: number },
  ): Promise<{ found: number[]; name: string | null; turn: number | null; share: number }>;
}

/** Texts in an index of words alone: whole collections take seconds. */
export async function indexWords(
  ctx: IndexTestContext,
  texts: readonly { title: string; text: string; headingPath?: string[] }[],
): Promise<WordIndex> {
  const knowledgeBaseId = await testKnowledgeBase(ctx, "test:none", 1);
  const { id: spaceId } = await inTx(ctx, (tx) => activeSpace(tx, knowledgeBaseId));
  const chunks = texts.map(({ title, text, headingPath = [] }) => ({
    title,
    text,
    headingPath,
    language: detectLanguage(`${title}\n${text}`),
  }));
  for (let start = 0; start < chunks.length; start += CHUNKS_AT_ONCE) {
    const part = chunks.slice(start, start + CHUNKS_AT_ONCE);
    const vectors = part.map(() => [0]);
    ctx.enqueued.length = 0;
    await inTx(ctx, (tx) =>
      addToIndex({ ...ctx, ...tx }, { knowledgeBaseId, spaceId, texts: part, vectors }),
    );
    if (ctx.enqueued.length > 0) await mergeIndex(ctx, { knowledgeBaseId });
  }
  const namesOf = async (ordinals: number[]) =>
    ordinals.flatMap((ordinal) => {
      const chunk = chunks[ordinal];
      return chunk ? [{ names: [chunk.title, ...chunk.headingPath], language: chunk.language }] : [];
    });
  return {
    async search(question, context = [], { said, refersBack = false, limit = 10 } = {}) {
      return inTx(ctx, async (tx) => {
        const carried = await carryOver(tx, {
          knowledgeBaseId,
          question,
          said,
          context,
          refersBack,
          namesOf,
        });
        const search = { ...queryTerms(question), dense: null, carried };
        const { candidates } = await searchIndex(tx, { knowledgeBaseId, search, limit });
        return {
          found: candidates.map(({ ordinal }) => ordinal),
          name: carried?.name ?? null,
          turn: carried?.turn ?? null,
          share: carried?.share ?? 0,
        };
      });
    },
  };
}
