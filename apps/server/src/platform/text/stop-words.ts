/// <reference path="./stopword.d.ts" />
import { ara, deu, eng, fra, ita, nld, por, spa } from "stopword";
import { fold } from "./fold.ts";
import type { Language } from "./language.ts";

// The library's lists miss question words, negations and contractions, and hold a few content words.
const ENGLISH_TOO =
  "not no nor when why whom whose does doing done don't doesn't didn't isn't aren't wasn't weren't won't " +
  "can't cannot couldn't shouldn't wouldn't hasn't haven't hadn't i'm i've i'd i'll you're you've it's " +
  "that's there's let's he's she's we're they're being having so just may shall were your yours my mine our " +
  "ours theirs these those than too very s t about above below again once until while during myself " +
  "yourself itself themselves ourselves upon whether yes please it its if";
const ENGLISH_NOT = "come came get got make many take way us said like";
const FRENCH_TOO =
  "quand comment combien pourquoi donc or ni car si comme plus aussi dont lequel laquelle lesquels lesquelles " +
  "auquel duquel desquels cette celui celle ceux celles ca tout tous toute toutes peut entre sous chez vers " +
  "alors ainsi puis tres deja leur y est ce quoi jusque lorsque puisque quoique non oui";
const FRENCH_NOT = "faire ete etes";
const ARABIC_TOO =
  "لماذا متي اين هل كم ليس ليست لم لن لا ما ماذا من هو هي هم هذه هذا التي الذي الذين وهو وهي كان كانت " +
  "قد لقد انه انها كما عن الي علي ايضا اذا او ثم بعد قبل عند بين حيث وقد تكون يكون تم يتم وكانت وكان";
const ARABIC_NOT =
  "زيارة سنة سنوات وكالة اطار اعادة الذاتي الامم للامم الوقت مليار مليون عشر عشرة ثلاثة اربعة واحد صباح مساء " +
  "يوم اليوم عام عاما نهاية قوة شخصا صفر حار تلقاء برس ايار ايام عدد الف عين زيارة علق وقف عامة اجل راح جلل الاول " +
  "الثاني الثانية الاولى الاخيرة السابق المقبل الماضي اخذ حاي غدا معاذ سبحان";

const words = (list: string): string[] => list.split(/\s+/);

function wordSet(base: readonly string[], also = "", except = ""): ReadonlySet<string> {
  const set = new Set([...base, ...words(also)].map(fold).filter(Boolean));
  for (const word of words(except)) set.delete(fold(word));
  return set;
}

const NONE: ReadonlySet<string> = new Set();
const STOP_WORDS: Readonly<Record<Language, ReadonlySet<string>>> = {
  en: wordSet(eng, ENGLISH_TOO, ENGLISH_NOT),
  fr: wordSet(fra, FRENCH_TOO, FRENCH_NOT),
  ar: wordSet(ara, ARABIC_TOO, ARABIC_NOT),
  other: NONE,
};

/** True if the folded `term` carries no meaning of its own in `language`; always false for "other". */
export function isStopWord(term: string, language: Language): boolean {
  return STOP_WORDS[language].has(term);
}

/** Latin-script neighbours: seen so that a Spanish or German text is not called French or English. */
const NEIGHBOURS = [deu, spa, ita, por, nld].map((list) => wordSet(list));

/**
 * How many different ones of the folded words are function words of English, of French, and of the best of five
 * neighbouring languages (an answer of 4, 0 and 1 is English).
 */
export function functionWordVotes(folded: readonly string[]): { en: number; fr: number; other: number } {
  const votes = { en: 0, fr: 0 };
  const neighbours = NEIGHBOURS.map(() => 0);
  // Distinct words: a list of Los Angeles clubs is not Spanish.
  for (const word of new Set(folded)) {
    if (STOP_WORDS.en.has(word)) votes.en++;
    if (STOP_WORDS.fr.has(word)) votes.fr++;
    NEIGHBOURS.forEach((list, at) => {
      if (list.has(word)) neighbours[at] = (neighbours[at] ?? 0) + 1;
    });
  }
  return { ...votes, other: Math.max(...neighbours) };
}
