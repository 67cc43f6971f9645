/** A passage that was weighed: its place, its first words, and the score of each stage that it came through. */
export interface EvidencePassage {
  documentId: string;
  documentName: string;
  version: number;
  chunkId: string;
  headingPath: string[];
  page: number | null;
  startOffset: number;
  endOffset: number;
  excerpt: string;
  scores: { bm25: number | null; dense: number | null; fused: number; rerank: number };
}
