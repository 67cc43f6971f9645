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
/** A mention of this share of the strongest one is as clear: of clear ones the last counts. */
const CLEAR = 0.7;
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
  /** Higher for more of a rarer name; comparable within one conversation. */
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
 * The names that the turns spoke of, each once: the clear ones by how lately, equal ones by strength, then the others.
 * `rarity` is the weight of a term.
 */
export function mentionsOf(
  names: readonly string[],
  turns: readonly SpokenTurn[],
  rarity: (term: string) => number,
): Mention[] {
  const all = names.flatMap((name) => mentionsOfOne(name, turns, rarity));
  const clear = CLEAR * Math.max(0, ...all.map(({ strength }) => strength));
  const isVague = ({ strength }: Mention) => (strength < clear ? 1 : 0);
  all.sort((a, b) => isVague(a) - isVague(b) || a.turn - b.turn || b.strength - a.strength);
  const seen = new Set<string>();
  return all.filter(({ name }) => !seen.has(name) && seen.add(name));
}

function mentionsOfOne(
  name: string,
  turns: readonly SpokenTurn[],
  rarity: (term: string) => number,
): Mention[] {
  const read = new Map<Language, Set<string>>();
  return turns.flatMap(({ language, terms }, turn) => {
    const wanted = read.get(language) ?? new Set(termsOfName(name, language));
    read.set(language, wanted);
    const spoken = heaviestRun(terms, wanted, rarity);
    const whole = [...wanted].reduce((sum, term) => sum + rarity(term), 0);
    const share = spoken / whole;
    // a long name of rare words is surer than a short one, but not by much
    return share >= LEAST_SHARE ? [{ name, turn, strength: share ** 2 * spoken ** 0.25 }] : [];
  });
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
