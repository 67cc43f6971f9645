import { isAppError } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { getDocumentContent } from "../../knowledge/index.ts";
import type { CaseContent } from "../evaluations.types.ts";
import type { GoldPlace } from "../scoring/retrieval.ts";

/** Where the passages stand that cases name, in the documents as they are now. Each document is read once. */
export class GoldPlaces {
  readonly #texts = new Map<string, Promise<string | null>>();

  /** Null where the case names none, and where its document or the words in it have gone: nothing can be judged by it. */
  async find(ctx: Ctx, { goldDocumentId, goldQuote }: CaseContent): Promise<GoldPlace | null> {
    if (goldDocumentId === null) return null;
    const known = this.#texts.get(goldDocumentId) ?? textOf(ctx, goldDocumentId);
    this.#texts.set(goldDocumentId, known);
    const text = await known;
    if (text === null) return null;
    if (goldQuote === null) return { documentId: goldDocumentId, place: null };
    const start = text.indexOf(goldQuote);
    if (start < 0) return null;
    return { documentId: goldDocumentId, place: { start, end: start + goldQuote.length } };
  }
}

async function textOf(ctx: Ctx, documentId: string): Promise<string | null> {
  try {
    return (await getDocumentContent(ctx, { documentId })).text;
  } catch (error) {
    if (isAppError(error) && error.code === "NOT_FOUND") return null;
    throw error;
  }
}
