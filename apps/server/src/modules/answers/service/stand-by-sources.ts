import { sha256Hex } from "../../../platform/crypto/index.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { agesOfSources, type VersionOfDocument } from "../../knowledge/index.ts";
import type { Citation, Quotation } from "../answers.schema.ts";

/** A document that the answer rests on was deleted or replaced while it was being written. */
export class SourcesChanged extends Error {
  constructor() {
    super("A source of the answer was deleted or replaced while it was being written.");
  }
}

/**
 * Citations of these places, for readers who see them now. Throws SourcesChanged where one of their documents is gone
 * or says something else: what was deleted is not cited any more, whoever is in the middle of an answer.
 */
export async function citeSources(ctx: Ctx, places: readonly Quotation[]): Promise<Citation[]> {
  if (places.length === 0) return [];
  const ages = await inTx(ctx, (ctx) => agesOfSources(ctx, places));
  if (!ages) throw new SourcesChanged();
  return places.map((place) => ({
    ...place,
    quoteSha256: sha256Hex(place.quote),
    source: {
      state: "current",
      updatedAt: ages.get(place.documentId)?.updatedAt.toISOString() ?? null,
      isStale: ages.get(place.documentId)?.isStale ?? false,
    },
  }));
}

/**
 * Keeps every document that the answer was made of from being deleted or replaced before this transaction ends. Throws
 * SourcesChanged where one was already.
 */
export async function holdSources(ctx: TxCtx, passages: readonly VersionOfDocument[]): Promise<void> {
  if (!(await agesOfSources(ctx, passages, { hold: true }))) throw new SourcesChanged();
}
