import { type Language, sentences } from "../../../platform/text/index.ts";

/** A sentence of an answer and the sources that it cites. */
export interface CitedSentence {
  /** Without citation marks, on one line. */
  text: string;
  /** Offsets in the answer, trailing citation marks included. */
  start: number;
  end: number;
  citations: number[];
}

/** [2]  [1][3]  [1, 3]  and the full-width marks that some models write. */
const CITATION = /[[【]\s*\d{1,3}(?:\s*[,،;]\s*\d{1,3})*\s*[\]】]/g;

/** Splits an answer into sentences; a citation belongs to the sentence that it stands in or follows. */
export function splitClaims(answer: string, language: Language): CitedSentence[] {
  const marks = [...answer.matchAll(CITATION)].map((mark) => ({
    start: mark.index,
    end: mark.index + mark[0].length,
    numbers: (mark[0].match(/\d+/g) ?? []).map(Number),
  }));
  // Same length, so offsets stay those of the answer.
  const unmarked = answer.replace(CITATION, (mark) => " ".repeat(mark.length));
  const claims = sentences(unmarked, language).map(({ text, start, end }) => ({
    text: text.replace(/\s+/g, " ").replace(/ (?=[.,!?؟])/g, ""),
    start,
    end,
    citations: [] as number[],
  }));
  for (const mark of marks) {
    const holder = claims.findLast((claim) => claim.start <= mark.start) ?? claims[0];
    if (!holder) continue;
    holder.end = Math.max(holder.end, mark.end);
    holder.start = Math.min(holder.start, mark.start);
    for (const number of mark.numbers) if (!holder.citations.includes(number)) holder.citations.push(number);
  }
  return claims;
}
