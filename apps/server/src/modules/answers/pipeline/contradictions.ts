import type { Citation } from "../answers.schema.ts";
import type { ContradictingPlace, Contradiction } from "../answers.types.ts";
import { findContradictions, type Place } from "../verification/index.ts";
import type { NumberedPassage } from "./prompt.ts";

/** What the passages say against the places that an answer cites. */
export function contradictionsOf(
  passages: readonly NumberedPassage[],
  citations: readonly Citation[],
): Contradiction[] {
  const byNumber = new Map(passages.map((passage) => [passage.number, passage]));
  const rests = citations.flatMap(({ number, startOffset, endOffset }) => {
    const from = byNumber.get(number)?.startOffset;
    return from === undefined ? [] : [{ number, start: startOffset - from, end: endOffset - from }];
  });
  const place = ({ number, start, end }: Place): ContradictingPlace | undefined => {
    const passage = byNumber.get(number);
    if (!passage) return undefined;
    const { documentId, documentName, version, chunkId, startOffset, text } = passage;
    const quote = text.slice(start, end);
    return {
      documentId,
      documentName,
      version,
      chunkId,
      startOffset: startOffset + start,
      endOffset: startOffset + end,
      quote,
    };
  };
  const read = passages.map(({ number, text, documentName }) => ({ number, text, title: documentName }));
  return findContradictions(read, rests).flatMap(({ kind, reason, first, second }) => {
    const [one, other] = [place(first), place(second)];
    return one && other ? [{ kind, reason, first: one, second: other }] : [];
  });
}

/** Of two statements that exclude each other one is true at best, and nothing says which. */
const CONTRADICTED = 0.5;

/** What is left of a confidence where the sources contradict each other. */
export function confidenceAmid(contradictions: readonly Contradiction[], confidence: number): number {
  return contradictions.length > 0 ? confidence * CONTRADICTED : confidence;
}
