import type { Citation } from "../answers/index.ts";

/**
 * Where a completion cites what, as OpenAI's annotations have it: an entry for each source, at its first mark. A quote is
 * the source's own words; the whole citation is under `parlance.citations`.
 */
export function annotationsOf(content: string, citations: readonly Citation[]): object[] {
  return citations.flatMap(({ number, documentId, documentName, quote }) => {
    const mark = `[${number}]`;
    const start = content.indexOf(mark);
    if (start < 0) return [];
    const place = { start_index: start, end_index: start + mark.length };
    return [
      {
        type: "file_citation",
        file_citation: { file_id: documentId, filename: documentName, quote, ...place },
      },
    ];
  });
}
