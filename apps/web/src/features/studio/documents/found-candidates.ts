import type { Outputs } from "../../../lib/trpc.ts";
import type { CandidateList } from "../../answers/index.ts";

type Found = Outputs["knowledge"]["search"];

/** What a search looked at, as the table of candidates shows it: the chosen ones first. */
export function candidatesIn({ passages, others, proposed }: Found): CandidateList {
  const all = [...passages, ...others];
  const places = new Map(all.map(({ chunkId }, index) => [chunkId, index + 1]));
  return {
    candidates: all.map(({ scores, ranks, ...passage }, index) => ({
      place: index + 1,
      fate: passage.fate,
      duplicateOf: passage.duplicateOf === null ? null : (places.get(passage.duplicateOf) ?? null),
      document: { id: passage.documentId, name: passage.documentName, version: passage.version },
      section: passage.headingPath.join(" › "),
      page: passage.page,
      span: { start: passage.startOffset, end: passage.endOffset },
      text: passage.text,
      otherLanguage: scores.weighted < scores.fused,
      bm25: { value: scores.bm25, rank: ranks.bm25 },
      dense: { value: scores.dense, rank: ranks.dense },
      fused: { value: scores.weighted, rank: ranks.fused },
      rerank: { value: scores.rerank, rank: null },
    })),
    chosen: passages.length,
    looked: all.length,
    proposed,
  };
}
