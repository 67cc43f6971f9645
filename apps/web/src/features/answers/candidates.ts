import type { Stage } from "./stage-data.ts";

/** The candidates that a search leaves in its stage's open record, read with care: answers outlive versions. */

export interface Candidate {
  /** From 1, in the last order. */
  place: number;
  fate: "chosen" | "duplicate" | "below";
  duplicateOf: number | null;
  document: { id: string | null; name: string; version: number | null };
  section: string;
  page: number | null;
  span: { start: number; end: number } | null;
  text: string;
  otherLanguage: boolean;
  bm25: Score;
  dense: Score;
  fused: Score;
  rerank: Score;
}

/** A null rank: it was not among what this way of searching proposed. */
export interface Score {
  value: number | null;
  rank: number | null;
}

export interface CandidateList {
  candidates: Candidate[];
  chosen: number;
  /** How many were looked at; fewer may be kept. */
  looked: number;
  proposed: { bm25: number; dense: number } | null;
}

/** Null where the record holds no list of candidates. */
export function candidatesOf({ data }: Pick<Stage, "data">): CandidateList | null {
  const list = data.candidates;
  if (!Array.isArray(list) || !list.every(isRecord)) return null;
  const documents = Array.isArray(data.documents) ? data.documents.filter(isRecord) : [];
  const candidates = list.map((record, index) => candidateOf(record, index, documents));
  const proposed = isRecord(data.proposed) ? data.proposed : {};
  const bm25 = numberOf(proposed.bm25);
  const dense = numberOf(proposed.dense);
  return {
    candidates,
    chosen: candidates.filter(({ fate }) => fate === "chosen").length,
    looked: numberOf(data.looked) ?? candidates.length,
    proposed: bm25 === null || dense === null ? null : { bm25, dense },
  };
}

type Open = Readonly<Record<string, unknown>>;

function candidateOf(record: Open, index: number, documents: readonly Open[]): Candidate {
  const fate = record.fate === "duplicate" || record.fate === "below" ? record.fate : "chosen";
  // older answers name the document in each candidate, and keep only what was chosen
  const document = typeof record.document === "number" ? documents[record.document] : undefined;
  const start = numberOf(record.start);
  const end = numberOf(record.end);
  return {
    place: numberOf(record.place) ?? index + 1,
    fate,
    duplicateOf: numberOf(record.duplicateOf),
    document: {
      id: textOf(document?.id) || null,
      name: textOf(document?.name) || textOf(record.document),
      version: numberOf(document?.version),
    },
    section: textOf(record.section),
    page: numberOf(record.page),
    span: start === null || end === null ? null : { start, end },
    text: textOf(record.text),
    otherLanguage: record.otherLanguage === true,
    bm25: scoreOf(record, "bm25"),
    dense: scoreOf(record, "dense"),
    fused: scoreOf(record, "fused"),
    rerank: scoreOf(record, "rerank"),
  };
}

function scoreOf(record: Open, name: string): Score {
  return { value: numberOf(record[name]), rank: numberOf(record[`${name}Rank`]) };
}

export const orders = ["place", "bm25", "dense", "fused", "rerank"] as const;
export type Order = (typeof orders)[number];

/** Best first in the order that is asked for; what has no score there last, as they were. */
export function sorted(candidates: readonly Candidate[], order: Order): Candidate[] {
  if (order === "place") return candidates.toSorted((a, b) => a.place - b.place);
  return candidates.toSorted((a, b) => {
    const [x, y] = [a[order].value, b[order].value];
    if (x === null || y === null) return Number(x === null) - Number(y === null) || a.place - b.place;
    return y - x || a.place - b.place;
  });
}

function numberOf(value: unknown): number | null {
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function isRecord(value: unknown): value is Open {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
