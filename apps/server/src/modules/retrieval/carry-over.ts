import { knownLanguage } from "../../platform/text/index.ts";
import { queryTerms } from "./analysis.ts";
import type { IndexContext } from "./caches.ts";
import type { Carried } from "./carried.ts";
import { idf } from "./lexical/bm25.ts";
import { mentionsOf, readTurns, termsOfName, termsOfTurns } from "./mentions.ts";
import { type SearchResult, searchIndex } from "./search-index.ts";

/** A chunk's title and headings, and its language, which its words were indexed in. */
export interface NamedChunk {
  names: string[];
  language: string;
}

/** The tenth chunk that fits nearly as well as the first says that a question leaves open what it is about. */
const OPEN_PLACE = 10;
/** In a small knowledge base an earlier one says it: so many chunks a place. */
const CHUNKS_A_PLACE = 20;
/** A question that refers to nothing takes little over unless very many chunks fit it alike. */
const UNASKED = 3;
const NAMED_CHUNKS = 50;
const MOST_BEFORE = 5;

/**
 * The name that a conversation is about, to be searched for beside its last question; null where it spoke of none, or
 * the question needs none. The name weighs the more, the more chunks fit the question alone equally well: "do they
 * take cards?" fits every shop, while a question that says what it is about finds its passage whatever was said
 * before. It weighs more still where the question refers back (`refersBack`). Within a transaction.
 */
export async function carryOver(
  ctx: IndexContext,
  input: {
    knowledgeBaseId: string;
    question: string;
    /** The last message itself, where the question says more than it. */
    said?: string | undefined;
    /** What was said before, newest first. */
    context: readonly string[];
    refersBack: boolean;
    /** In any order; unknown ordinals are left out. */
    namesOf: (ordinals: number[]) => Promise<NamedChunk[]>;
  },
): Promise<Carried | null> {
  const { knowledgeBaseId, question, context } = input;
  if (context.length === 0) return null;
  const query = queryTerms(question);
  const openness = opennessOf(await byWords(ctx, knowledgeBaseId, query, OPEN_PLACE));
  const share = input.refersBack ? openness : openness ** UNASKED;
  if (share === 0) return null;

  const turns = readTurns(input.said ?? question, context);
  const search = { terms: termsOfTurns(turns), language: query.language };
  const spoken = await byWords(ctx, knowledgeBaseId, search, NAMED_CHUNKS);
  const chunks = await input.namesOf(spoken.candidates.map(({ ordinal }) => ordinal));
  const languages = new Map(chunks.flatMap(({ names, language }) => names.map((name) => [name, language])));
  const rarity = (term: string) => {
    const holding = spoken.frequencies.get(term) ?? 0;
    return holding > spoken.liveChunks / 2 ? 0 : idf(spoken.liveChunks, holding); // what most hold names none of them
  };
  const mentions = mentionsOf([...languages.keys()], turns, rarity);
  const [mention] = mentions;
  if (!mention) return null;
  const terms = termsOfName(mention.name, knownLanguage(languages.get(mention.name) ?? query.language));
  const { name, turn } = mention;
  const before = mentions.filter((other) => other.turn > turn).slice(0, MOST_BEFORE);
  return { name, turn, before: before.map((other) => other.name), terms, share };
}

/** How well a later chunk fits beside the first, from 0 to 1; 1 where none fits at all. */
function opennessOf({ candidates, liveChunks }: SearchResult): number {
  const place = Math.min(OPEN_PLACE, Math.max(2, Math.floor(liveChunks / CHUNKS_A_PLACE)));
  const score = (at: number) => candidates[at]?.scores.bm25 ?? 0;
  return candidates.length === 0 ? 1 : score(place - 1) / score(0);
}

function byWords(
  ctx: IndexContext,
  knowledgeBaseId: string,
  search: { terms: string[]; language: string },
  limit: number,
) {
  return searchIndex(ctx, { knowledgeBaseId, search: { ...search, dense: null }, limit });
}
