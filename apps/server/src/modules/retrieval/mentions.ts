import { analyze, detectLanguage, type Language } from "../../platform/text/index.ts";
import { boundedTerm } from "./analysis.ts";

/*
 * Which name of the documents a conversation is about: a title or heading that the latest turns spoke of. Names are
 * spoken loosely ("the laurel inn" for "Laurel Inn, a Joie de Vivre Hotel"), so most of a name is enough, weighed by
 * how rare its words are.
 */

/** Earlier turns than these are not looked at, and of a long one only its beginning. */
const MOST_TURNS = 20;
const LONGEST_TURN = 1_000;
/** Different words of a conversation, the newest first: what one search takes. */
const MOST_TERMS = 64;
/** What a turn counts for beside the one after it. */
const DECAY = 0.9;
/** So much of a name's weight must stand together in one turn. */
const LEAST_SHARE = 0.5;
/** Longer names are sentences: their beginning identifies them. */
const MOST_NAME_TERMS = 16;

export interface SpokenTurn {
  language: Language;
  /** In order, with repeats. */
  terms: string[];
}

export interface Mention {
  name: string;
  /** 0 is the question itself, 1 what was said just before it. */
  turn: number;
  /** Higher for more of a rarer name, said later; comparable within one conversation. */
  strength: number;
}

/** The question and what was said before it, newest first, as they are searched. */
export function readTurns(question: string, context: readonly string[]): SpokenTurn[] {
  return [question, ...context.slice(0, MOST_TURNS)].map((text) => {
    const beginning = text.slice(0, LONGEST_TURN).toWellFormed();
    const language = detectLanguage(beginning);
    return { language, terms: analyze(beginning, language).map(boundedTerm) };
  });
}

/** The different terms of a conversation, of the newest turns where there are many. */
export function termsOfTurns(turns: readonly SpokenTurn[]): string[] {
  const terms = new Set<string>();
  for (const term of turns.flatMap((turn) => turn.terms)) {
    if (terms.size === MOST_TERMS) break;
    terms.add(term);
  }
  return [...terms];
}

/**
 * The names that the turns spoke of, strongest first, equal ones by how lately, then in the order given. `rarity` is the
 * weight of a term.
 */
export function mentionsOf(
  names: readonly string[],
  turns: readonly SpokenTurn[],
  rarity: (term: string) => number,
): Mention[] {
  return names
    .flatMap((name) => strongest(name, turns, rarity) ?? [])
    .sort((a, b) => b.strength - a.strength || a.turn - b.turn);
}

function strongest(
  name: string,
  turns: readonly SpokenTurn[],
  rarity: (term: string) => number,
): Mention | null {
  let best: Mention | null = null;
  const read = new Map<Language, Set<string>>();
  turns.forEach(({ language, terms }, turn) => {
    const wanted = read.get(language) ?? new Set(termsOfName(name, language));
    read.set(language, wanted);
    const spoken = heaviestRun(terms, wanted, rarity);
    if (spoken === 0) return;
    const whole = [...wanted].reduce((sum, term) => sum + rarity(term), 0);
    const share = spoken / whole;
    const strength = share ** 2 * Math.sqrt(spoken) * DECAY ** turn;
    if (share >= LEAST_SHARE && strength > (best?.strength ?? 0)) best = { name, turn, strength };
  });
  return best;
}

/** A name as people say it: without a file's ending. */
export function spokenName(name: string): string {
  return name.replace(/\.[a-z][a-z0-9]{1,4}$/i, "");
}

/** The words of a name as the index holds them. */
export function termsOfName(name: string, language: Language): string[] {
  return [...new Set(analyze(spokenName(name), language).map(boundedTerm))].slice(0, MOST_NAME_TERMS);
}

/** The most that terms of a name weigh together in a stretch of about the name's length. */
function heaviestRun(
  terms: readonly string[],
  wanted: ReadonlySet<string>,
  rarity: (term: string) => number,
): number {
  const hits = terms.flatMap((term, place) => (wanted.has(term) ? [{ term, place }] : []));
  let heaviest = 0;
  hits.forEach((first, at) => {
    const seen = new Set<string>();
    let weight = 0;
    for (const { term, place } of hits.slice(at, at + 2 * wanted.size)) {
      if (place - first.place > wanted.size) break;
      if (!seen.has(term)) weight += rarity(term);
      seen.add(term);
    }
    heaviest = Math.max(heaviest, weight);
  });
  return heaviest;
}
