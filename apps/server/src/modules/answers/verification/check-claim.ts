import { detectLanguage, type Language } from "../../../platform/text/index.ts";
import { findEdit } from "./edits.ts";
import { frameLength, isFrameWord } from "./frame-words.ts";
import { label, nameProblems } from "./names.ts";
import { endsInNegation, polarityConflict } from "./negation.ts";
import { findQuantities, type Quantities } from "./numbers.ts";
import { oppositeConflict } from "./opposites.ts";
import { checkQuantities, hasDate, hasNumber, type QuantityCheck } from "./quantities.ts";
import { findReplacement } from "./replacements.ts";
import { align, heldBy, type Source, type SourceSentence } from "./source.ts";
import { mixedNames, swappedNames } from "./swapped-names.ts";
import { readWords, type Word, wordSequence } from "./words.ts";

export interface Check {
  isSupported: boolean;
  /** 0..1: 1 for an exact quotation, else the share of the claim's words that the sources hold. */
  score: number;
  /** What is wrong, in plain English; empty if supported. */
  reasons: string[];
  /** A number, name, quotation or negation is not as the sources have it. */
  isContradicted: boolean;
}

/** So much of a claim's content must be found in its sources; the rest may be in other words. */
const LEAST_COVERAGE = 0.45;
/** A contradicted fact caps the score here, however well the other words fit. */
const CONTRADICTED = 0.3;

/** Checks one claim against the passages that it cites. `sources` must not be empty. */
export function checkClaim(text: string, language: Language, sources: readonly Source[]): Check {
  const sourceLanguage = sources[0]?.language ?? language;
  const frame = frameLength(text, sourceLanguage);
  const quantities = findQuantities(text);
  if (sources.some((source) => isQuotation(text.slice(frame), quantities, source))) {
    return { isSupported: true, score: 1, reasons: [], isContradicted: false };
  }
  if (isOtherLanguage(text, language, sources)) return checkAcrossLanguages(text, quantities, sources);

  const all = readWords(text, sourceLanguage).filter(({ start }) => start >= frame);
  const claim = all.filter((word) => word.isContent);
  const aligned = align(claim, sources);
  const stating = aligned.filter((sentence) => !sentence.isQuestion);
  const conflict =
    findEdit(all, stating) ??
    findReplacement({ text, words: all }, stating, sources, sourceLanguage) ??
    polarityConflict({ text, words: claim }, stating) ??
    oppositeConflict(all, stating, sourceLanguage) ??
    stating.map((sentence) => swappedNames(all, sentence.all)).find(Boolean) ??
    mixedNames(
      all,
      sources.flatMap((source) => source.sentences.map((sentence) => sentence.all)),
    );
  const counted = checkQuantities(quantities, claim, sourceLanguage, aligned, sources);
  const contradictions = [
    ...counted.problems,
    ...nameProblems(text, claim, aligned, sources),
    ...(conflict ? [conflict] : []),
  ];
  const coverage = coveredShare(claim, counted, aligned, sources, sourceLanguage);
  if (contradictions.length > 0) {
    return {
      isSupported: false,
      score: Math.min(CONTRADICTED, coverage),
      reasons: [...new Set(contradictions)],
      isContradicted: true,
    };
  }
  if (coverage >= LEAST_COVERAGE)
    return { isSupported: true, score: coverage, reasons: [], isContradicted: false };
  return {
    isSupported: false,
    score: coverage,
    reasons: [`only ${Math.round(100 * coverage)} % of its words are in ${label(sources)}`],
    isContradicted: false,
  };
}

/** Word for word in the source, with the same currencies, and not cut out behind a "not". */
function isQuotation(text: string, { numbers, dates }: Quantities, source: Source): boolean {
  const sequence = wordSequence(text);
  if (sequence.trim() === "" || !source.sequence.includes(sequence)) return false;
  if (!numbers.every((number) => hasNumber(number, source.sentences))) return false;
  if (!dates.every((date) => hasDate(date, source.sentences))) return false;
  const holders = source.sentences.filter((sentence) => sentence.sequence.includes(sequence));
  return (
    holders.length === 0 ||
    holders.some((holder) => !endsInNegation(holder.sequence.slice(0, holder.sequence.indexOf(sequence))))
  );
}

function isOtherLanguage(text: string, language: Language, sources: readonly Source[]): boolean {
  // A short sentence alone is easily misread, so both the answer and the sentence must disagree.
  return sources.every((source) => source.language !== language && source.language !== detectLanguage(text));
}

/** Words of two languages cannot be compared; numbers and names can. */
function checkAcrossLanguages(
  text: string,
  { numbers, dates }: Quantities,
  sources: readonly Source[],
): Check {
  const everything = sources.flatMap((source) => source.sentences);
  const names = readWords(text, "other").filter((word) => word.isName && /[a-z0-9]/i.test(word.written));
  const wrong = [
    ...numbers.filter((number) => !hasNumber(number, everything)),
    ...dates.filter((date) => !hasDate(date, everything)),
  ];
  const wrongNames = names.filter(
    (word) => !sources.some(({ sequence }) => sequence.includes(wordSequence(word.written))),
  );
  const compared = numbers.length + dates.length + names.length;
  const score = compared === 0 ? 0 : 1 - (wrong.length + wrongNames.length) / compared;
  if (compared > 0 && score === 1) return { isSupported: true, score, reasons: [], isContradicted: false };
  const reasons = [
    ...wrong.map(({ written }) => `"${written}" is not in ${label(sources)}`),
    ...wrongNames.map((word) => `"${word.written}" is not in ${label(sources)}`),
  ];
  if (compared === 0)
    reasons.push(`${label(sources)} is in another language, and the claim has no number or name to compare`);
  return { isSupported: false, score, reasons, isContradicted: compared > 0 };
}

/** Words found where the source speaks of the claim count fully, words from elsewhere in it by half. */
function coveredShare(
  claim: readonly Word[],
  counted: QuantityCheck,
  aligned: readonly SourceSentence[],
  sources: readonly Source[],
  language: Language,
): number {
  const everywhere = sources.flatMap((source) => [
    ...source.titleWords,
    ...source.sentences.flatMap(({ words }) => words),
  ]);
  const near = aligned.flatMap((sentence) => sentence.words);
  let total = counted.all;
  let found = counted.found;
  for (const { stem } of claim) {
    const held = Math.max(heldBy(stem, near), heldBy(stem, everywhere) / 2);
    if (held === 0 && isFrameWord(stem, language)) continue;
    total++;
    found += held;
  }
  return total === 0 ? 0 : found / total;
}
