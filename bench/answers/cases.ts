import { readFileSync } from "node:fs";
import { HashEmbeddingModel } from "../../apps/server/src/connectors/builtin/index.ts";
import type { Evidence } from "../../apps/server/src/modules/answers/pipeline/evidence-signals.ts";
import type { Passage } from "../../apps/server/src/modules/knowledge/index.ts";
import {
  activeSpace,
  addToIndex,
  type Candidate,
  embedTexts,
  type LookedFor,
  mergeIndex,
  prepareQuery,
  rerankPassages,
  searchIndex,
} from "../../apps/server/src/modules/retrieval/index.ts";
import {
  type IndexTestContext,
  testKnowledgeBase,
} from "../../apps/server/src/modules/retrieval/testing/index-world.ts";
import { inTx } from "../../apps/server/src/platform/ctx/index.ts";
import { analyze, detectLanguage, type Language } from "../../apps/server/src/platform/text/index.ts";
import { type QuestionSet, sharedData } from "../../apps/server/src/platform/text/testing/squad.ts";
import { FRENCH_SUPPORT } from "./french-support.ts";

const embedding = new HashEmbeddingModel();
const CHUNKS_A_DOCUMENT = 20;
/** As `searchKnowledge` looks at, and as a new bot reads. */
const CANDIDATES = 50;
const PASSAGES = 5;

/**
 * Whether the collection can answer: it holds the paragraph of the question; only that paragraph was taken
 * out, so that others of the same article remain; or the question is of another domain altogether.
 */
export type CaseKind = "held" | "taken out" | "another domain";

export interface Case {
  kind: CaseKind;
  question: string;
  language: Language;
  /** Accepted answers; none unless the paragraph is held. */
  answers: string[];
  /** Where the answer stands, or stood; undefined for another domain. */
  paragraph?: number;
  evidence: Evidence;
}

export interface SearchableSet {
  /** What the pipeline gets for a question: from everything, and without one paragraph. */
  search(question: string, without?: number): Promise<{ whole: Evidence; reduced: Evidence }>;
}

/** A chunk to be indexed. */
export interface Paragraph {
  title: string;
  text: string;
  headingPath?: string[];
}

/** Indexes every paragraph as a chunk of a new knowledge base. */
export async function indexSet(
  ctx: IndexTestContext,
  { paragraphs }: { paragraphs: readonly Paragraph[] },
): Promise<SearchableSet> {
  const knowledgeBaseId = await testKnowledgeBase(ctx, "builtin:lexical-512", 512);
  const space = await inTx(ctx, (tx) => activeSpace(tx, knowledgeBaseId));
  const spaceId = space.id;
  const languages = paragraphs.map(({ text }) => detectLanguage(text));
  for (let start = 0; start < paragraphs.length; start += CHUNKS_A_DOCUMENT) {
    const part = paragraphs.slice(start, start + CHUNKS_A_DOCUMENT);
    const { vectors } = await embedTexts(
      embedding,
      part.map(({ title, headingPath = [], text }) => [title, ...headingPath, text].join("\n")),
    );
    const texts = part.map((paragraph, i) => ({
      ...paragraph,
      headingPath: paragraph.headingPath ?? [],
      language: languages[start + i] ?? "other",
    }));
    ctx.enqueued.length = 0;
    await inTx(ctx, (tx) => addToIndex({ ...ctx, ...tx }, { knowledgeBaseId, spaceId, texts, vectors }));
    if (ctx.enqueued.length > 0) await mergeIndex(ctx, { knowledgeBaseId });
  }
  async function rank(query: LookedFor, candidates: readonly Candidate[]): Promise<Passage[]> {
    const passages = candidates.slice(0, CANDIDATES).map(({ ordinal, scores }) => {
      const { title = "", text = "", headingPath = [] } = paragraphs[ordinal] ?? {};
      const language = languages[ordinal] ?? "other";
      return { ordinal, scores, title, text, language, headingPath, fused: scores.fused };
    });
    const ranked = await rerankPassages(null, query, passages, PASSAGES);
    return ranked.map(({ ordinal, scores, title, text, headingPath, language, rerankScore }) => ({
      chunkId: String(ordinal),
      ordinal,
      documentId: String(ordinal),
      documentName: title,
      version: 1,
      headingPath,
      page: null,
      startOffset: 0,
      endOffset: text.length,
      text,
      language,
      scores: { ...scores, rerank: rerankScore },
    }));
  }
  async function search(question: string, without?: number) {
    const search = await prepareQuery({ space, model: embedding }, question);
    const { candidates, ...found } = await inTx(ctx, (tx) =>
      searchIndex(tx, { knowledgeBaseId, search, limit: CANDIDATES + 1 }),
    );
    const query = { text: question, language: search.language, ...found };
    const whole = { ...found, passages: await rank(query, candidates) };
    if (without === undefined) return { whole, reduced: whole };
    const others = candidates.filter(({ ordinal }) => ordinal !== without);
    const reduced = lessOne(found, paragraphs[without]);
    return { whole, reduced: { ...reduced, passages: await rank({ ...query, ...reduced }, others) } };
  }
  return { search };
}

/** The figures of a collection that a paragraph was taken out of. */
function lessOne<Found extends Pick<Evidence, "liveChunks" | "frequencies">>(
  found: Found,
  taken?: Paragraph,
): Found {
  const held = new Set(taken ? analyze(`${taken.title} ${taken.text}`, detectLanguage(taken.text)) : []);
  const left = [...found.frequencies].map(
    ([term, chunks]) => [term, chunks - Number(held.has(term))] as const,
  );
  return {
    ...found,
    liveChunks: found.liveChunks - 1,
    frequencies: new Map(left.filter(([, chunks]) => chunks > 0)),
  };
}

/** Every question whole and with its paragraph taken out, and those of another domain. */
export async function casesOf(
  set: QuestionSet,
  language: Language,
  searchable: SearchableSet,
  foreign: readonly string[],
): Promise<Case[]> {
  const cases: Case[] = [];
  for (const { text, paragraph, answers } of set.questions) {
    const { whole, reduced } = await searchable.search(text, paragraph);
    cases.push({ kind: "held", question: text, language, answers, paragraph, evidence: whole });
    cases.push({ kind: "taken out", question: text, language, answers: [], paragraph, evidence: reduced });
  }
  for (const question of foreign) {
    const { whole } = await searchable.search(question);
    cases.push({ kind: "another domain", question, language, answers: [], evidence: whole });
  }
  return cases;
}

/** Real questions of bank customers, which no encyclopedia answers; French ones have no collection. */
export function foreignQuestions(language: Language, limit: number): string[] {
  if (language === "fr") return FRENCH_SUPPORT.slice(0, limit);
  const [file, column] = language === "ar" ? ["arbanking77.val.csv", 1] : ["banking77.train.csv", 0];
  const rows = readFileSync(`${sharedData()}/intent/${file}`, "utf8").split("\n").slice(1);
  const step = Math.max(1, Math.floor(rows.length / limit));
  return rows
    .filter((_, at) => at % step === 0)
    .map((row) => (column === 0 ? row.replace(/,[^,]*$/, "") : row.replace(/^[^,]*,/, "")))
    .map((text) => text.replaceAll('"', "").trim())
    .filter((text) => text !== "")
    .slice(0, limit);
}
