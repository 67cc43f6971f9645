import { analyze, detectLanguage, fold, type Language, tokenize } from "../../../platform/text/index.ts";
import { type SmallTalk, smallTalkOf } from "./small-talk.ts";

export type Intent = "question" | SmallTalk;

export interface Understanding {
  language: Language;
  intent: Intent;
  /** The question as it can be understood without what was said before. */
  standaloneQuestion: string;
  rewritten: boolean;
}

// In search form: lower case, without accents, Arabic marks and punctuation.
/** Opens a message that goes on where the last one stopped, if little follows. */
const GOES_ON =
  /^(?:and|or|but|also|what about|how about|what if|only|for|in|on|with|without|to|how so|how come|et|ou|mais|aussi|et pour|et si|qu en est il|pour|avec|sans|seulement|ماذا عن|وماذا عن|وماذا|ولكن|و|او|فقط|وهل|وكيف|وماذا لو)(?: |$)/u;
/** Stands for something that was named before. */
const REFERS =
  /(?:^| )(?:it|its|that|this|they|them|those|these|he|she|him|her|one|cela|ca|celui ci|celle ci|celui la|celle la|ceux ci|lui|leur|هذا|هذه|ذلك|تلك|هؤلاء|ذلك)(?: |$)/u;
/** "that" before a noun, or "is it possible": these refer to nothing before. */
const REFERS_NOT =
  /(?:^| )(?:is|was|does|would|how long does|does) it (?:possible|true|necessary|take|mean|rain|cost to)|(?:^| )(?:so|sure|know|think|means?|say|says|one of|which one|someone|anyone|this (?:week|month|year)) that(?: |$)/u;
/** Question words alone ask for more of the same. */
const BARE =
  /^(?:why|how|when|where|who|which|which one|pourquoi|comment|quand|ou|qui|combien|lequel|لماذا|كيف|متي|اين|من|كم)(?: not| so| ca| pas)?$/u;
/** Content words: with more than this a message says itself what it is about. */
const MOST_WORDS_GOING_ON = 3;
const MOST_WORDS_REFERRING = 2;

/**
 * What a message is and what it asks, without a model: its language, small talk told from questions, a
 * wish for a human, and a follow-up made to stand alone by the last question before it.
 */
export function understand(message: string, earlierMessages: readonly string[]): Understanding {
  const language = detectLanguage(message);
  const smallTalk = smallTalkOf(message);
  if (smallTalk) return { language, intent: smallTalk, standaloneQuestion: message, rewritten: false };
  const previous = earlierMessages.findLast((earlier) => smallTalkOf(earlier) === undefined);
  const rewritten = previous !== undefined && isFollowUp(message, language);
  return {
    language,
    intent: "question",
    standaloneQuestion: rewritten ? `${message}\n${previous}` : message,
    rewritten,
  };
}

function isFollowUp(message: string, language: Language): boolean {
  const folded = fold(message)
    .replace(/[\p{P}\p{S}]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  if (BARE.test(folded) || tokenize(message).length === 0) return true;
  const terms = new Set(analyze(message, language)).size;
  if (GOES_ON.test(folded)) return terms <= MOST_WORDS_GOING_ON;
  return REFERS.test(folded) && !REFERS_NOT.test(folded) && terms <= MOST_WORDS_REFERRING;
}
