import { z } from "zod";
import type { AnswerOutcome } from "../../answers/index.ts";
import type { Scores } from "../evaluations.types.ts";

/** Where the gold passage stands: anywhere in the document where `place` is null. */
export interface GoldPlace {
  documentId: string;
  place: { start: number; end: number } | null;
}

type RetrievalScores = Pick<Scores, "hit" | "rank" | "reciprocalRank" | "ndcg">;

/** What the search stages leave in the trace. */
const searchSchema = z.object({
  isBetter: z.boolean().optional(),
  documents: z.array(z.object({ id: z.string() })),
  candidates: z.array(
    z.object({
      place: z.number(),
      fate: z.string(),
      duplicateOf: z.number().optional(),
      document: z.number(),
      start: z.number(),
      end: z.number(),
    }),
  ),
});

/** nDCG looks at so many places. */
const ndcgDepth = 10;

/**
 * How well the search of an answer did, by the one passage that is right: the evidence that the answer was written
 * from is judged, so a second search counts where it was taken. A passage that was left out as the double of another
 * counts as found where that one stands. With one right passage nDCG is 1 / log2(1 + rank) within ten places.
 */
export function retrievalScores(trace: AnswerOutcome["trace"], gold: GoldPlace): RetrievalScores {
  const searches = trace.stages
    .filter(({ stage }) => stage === "retrieve" || stage === "refine")
    .flatMap(({ data }) => {
      const search = searchSchema.safeParse(data);
      return search.success ? [search.data] : [];
    });
  const taken = searches.findLast(({ isBetter }) => isBetter === true) ?? searches[0];
  if (!taken) return { hit: false, rank: null, reciprocalRank: 0, ndcg: 0 };
  const chosen = new Set(taken.candidates.filter(({ fate }) => fate === "chosen").map(({ place }) => place));
  const places = taken.candidates
    .filter(
      ({ document, start, end }) =>
        taken.documents[document]?.id === gold.documentId && overlaps({ start, end }, gold.place),
    )
    .map(({ place, duplicateOf }) => Math.min(place, duplicateOf ?? place));
  if (places.length === 0) return { hit: false, rank: null, reciprocalRank: 0, ndcg: 0 };
  const rank = Math.min(...places);
  return {
    hit: places.some((place) => chosen.has(place)),
    rank,
    reciprocalRank: 1 / rank,
    ndcg: rank > ndcgDepth ? 0 : 1 / Math.log2(1 + rank),
  };
}

function overlaps(one: { start: number; end: number }, other: GoldPlace["place"]): boolean {
  return other === null || (one.start < other.end && other.start < one.end);
}
