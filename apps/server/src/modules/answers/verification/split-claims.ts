import { type Language, plainText, sentences } from "../../../platform/text/index.ts";

/** A sentence of an answer and the sources that it cites. */
export interface CitedSentence {
  /** As `plainText` reads it, without citation marks. */
  text: string;
  /** Offsets in the answer, trailing citation marks included. */
  start: number;
  end: number;
  citations: number[];
}

/** [2]  [1][3]  [1, 3]  and the full-width marks that some models write. */
const CITATION = /[[【]\s*[1-9]\d{0,2}(?:\s*[,،;]\s*[1-9]\d{0,2})*\s*[\]】]/g;

const FENCE = /^[ \t]*(```|~~~)[\s\S]*?(?:^[ \t]*\1|$(?![\s\S]))/gm;

/** Splits an answer into sentences; a citation belongs to the sentence that it stands in or
 * follows, in a list to the whole item. */
export function splitClaims(answer: string, language: Language): CitedSentence[] {
  const fences = [...answer.matchAll(FENCE)].map(
    ({ index, 0: { length } }) => [index, index + length] as const,
  );
  const inCode = (place: number): boolean => fences.some(([from, to]) => place >= from && place < to);
  const marks = [...answer.matchAll(CITATION)]
    .filter((mark) => !inCode(mark.index))
    .map((mark) => ({
      start: mark.index,
      end: mark.index + mark[0].length,
      numbers: (mark[0].match(/\d+/g) ?? []).map(Number),
    }));
  // Same length, so offsets stay those of the answer.
  const unmarked = answer.replace(CITATION, (mark, at: number) =>
    inCode(at) ? mark : " ".repeat(mark.length),
  );
  const claims: (CitedSentence & { isCode: boolean; item: number | undefined })[] = [];
  for (const { text, start, end, kind, block } of sentences(unmarked, language)) {
    const plain = kind === "code" ? text : plainText(text).replace(/ (?=[.,!?؟])/g, "");
    if (plain !== "")
      claims.push({
        text: plain,
        start,
        end,
        citations: [],
        isCode: kind === "code",
        item: kind === "item" ? block : undefined,
      });
  }
  for (const mark of marks) {
    const holder = claims.findLast((claim) => claim.start <= mark.start) ?? claims[0];
    if (!holder) continue;
    holder.end = Math.max(holder.end, mark.end);
    holder.start = Math.min(holder.start, mark.start);
    for (const number of mark.numbers) if (!holder.citations.includes(number)) holder.citations.push(number);
  }
  // A mark at the end of a list item is for the whole item.
  for (const claim of claims) {
    if (claim.item === undefined || claim.citations.length > 0) continue;
    const last = claims.findLast((other) => other.item === claim.item);
    claim.citations.push(...(last?.citations ?? []));
  }
  // Code has no place for marks: it rests on the sources of the sentence above it.
  for (const [at, claim] of claims.entries()) {
    if (claim.isCode) claim.citations.push(...(claims[at - 1]?.citations ?? []));
  }
  return claims.map(({ isCode: _isCode, item: _item, ...claim }) => claim);
}
