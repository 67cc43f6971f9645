/** Plain BM25 over term lists, for measurements in tests: k1 1.2, b 0.75, Lucene's inverse document frequency. */
export class Bm25 {
  private readonly postings = new Map<string, Map<number, number>>();
  private readonly lengths: number[];
  private readonly averageLength: number;

  constructor(documents: readonly string[][]) {
    this.lengths = documents.map((terms) => terms.length);
    this.averageLength =
      this.lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, documents.length);
    documents.forEach((terms, document) => {
      for (const term of terms) {
        const posting = this.postings.get(term) ?? new Map<number, number>();
        posting.set(document, (posting.get(document) ?? 0) + 1);
        this.postings.set(term, posting);
      }
    });
  }

  /** Documents that share a term with the query, best first; equal scores by document number. */
  search(query: readonly string[], limit: number): { document: number; score: number }[] {
    const scores = new Map<number, number>();
    for (const term of query) {
      const posting = this.postings.get(term);
      if (!posting) continue;
      const idf = Math.log(1 + (this.lengths.length - posting.size + 0.5) / (posting.size + 0.5));
      for (const [document, count] of posting) {
        const length = (this.lengths[document] ?? 0) / this.averageLength;
        const weight = (idf * count * 2.2) / (count + 1.2 * (0.25 + 0.75 * length));
        scores.set(document, (scores.get(document) ?? 0) + weight);
      }
    }
    return [...scores]
      .map(([document, score]) => ({ document, score }))
      .sort((a, b) => b.score - a.score || a.document - b.document)
      .slice(0, limit);
  }
}

/** nDCG@10 when exactly one document is right. */
export function ndcg10(ranking: readonly number[], right: number): number {
  const place = ranking.slice(0, 10).indexOf(right);
  return place < 0 ? 0 : 1 / Math.log2(place + 2);
}
