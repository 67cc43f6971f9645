import { analyze, detectLanguage, fold, type Language, tokenize } from "../../../platform/text/index.ts";
import { withoutReplaced } from "./parallel.ts";
import { type SmallTalk, smallTalkOf } from "./small-talk.ts";

export type Intent = "question" | SmallTalk;

/**
 * What a follow-up leans on. `question`: it goes on where the one before stopped ("and to France?"), and is read together
 * with it. `name`: it says "it" or "they" and little else, and is read with the name of what the conversation was about,
 * or where it spoke of none, with the question before.
 */
export type LeansOn = "question" | "name";

export interface Understanding {
  language: Language;
  intent: Intent;
  /** The question as it can be understood without what was said before. */
  standaloneQuestion: string;
  rewritten: boolean;
  leansOn: LeansOn | null;
  /** It takes up what was said before: "ok, and do they", "is it there". */
  refersBack: boolean;
  /** What was said before, newest first, as a search takes it (`contextOf`); none where the question comes first. */
  context: readonly string[];
}

// In search form: lower case, without accents, Arabic marks and punctuation.
/** Opens a message that goes on where the last one stopped, if little follows. */
const GOES_ON =
  /^(?:and|or|but|also|what about|how about|what if|only|for|in|on|with|without|to|how so|how come|et|ou|mais|aussi|et pour|et si|qu en est il|pour|avec|sans|seulement|ماذا عن|وماذا عن|وماذا|ولكن|و|او|فقط|وهل|وكيف|وماذا لو)(?: |$)/u;
/** Stands for something that was named before. */
const REFERS =
  /(?:^| )(?:it|its|that|this|they|them|those|these|he|she|him|her|one|cela|ca|celui ci|celle ci|celui la|celle la|ceux ci|lui|leur|هذا|هذه|ذلك|تلك|هؤلاء|ذلك)(?: |$)/u;
/** The same in longer messages, where more words may stand for it. */
const REFERS_AT_LENGTH =
  /(?:^| )(?:it|its|that|this|they|them|their|those|these|he|she|him|her|his|there|here|one|same|ones|both|cela|ca|celui ci|celle ci|celui la|celle la|ceux ci|lui|leur|leurs|la bas|ici|هذا|هذه|ذلك|تلك|هولاء|هنا|فيه|عنه|منه)(?= |$)/u;
/** "Is there", "il y a": these refer to nothing. */
const THERE_IS = /(?:^| )(?:(?:is|are|was|were|be) there|there (?:is|are|was|were))(?= |$)/gu;
/** Takes up the answer before going on. */
const TAKES_UP =
  /^(?:(?:uh+|um+|oh+|h+m+|euh) )*(?:ok|okay|great|perfect|awesome|and|also|but|thanks|thank you|got it|sounds|all right|alright|excellent|nice|cool|yes|no|so|et|mais|aussi|super|parfait|d accord|d'accord|merci|oui|non|donc|alors|حسنا|شكرا|تمام|طيب|نعم|لا|ايضا)(?= |$)/u;
/** "that" before a noun, or "is it possible": these refer to nothing before. */
const REFERS_NOT =
  /(?:^| )(?:is|was|does|would|how long does|does) it (?:possible|true|necessary|take|mean|rain|cost to)|(?:^| )(?:so|sure|know|think|means?|say|says|one of|which one|someone|anyone|this (?:week|month|year)) that(?: |$)/u;
/** Question words alone ask for more of the same. */
const BARE =
  /^(?:why|how|when|where|who|which|which one|pourquoi|comment|quand|ou|qui|combien|lequel|لماذا|كيف|متي|اين|من|كم)(?: not| so| ca| pas)?$/u;
/** Content words: with more than this a message says itself what it is about. */
const MOST_WORDS_GOING_ON = 3;
const MOST_WORDS_REFERRING = 2;
/** A message is known by its beginning, however much was pasted into it. */
const READ = 2_000;
/** Messages back in which the question that is gone on from may stand. */
const MOST_BACK = 20;

/**
 * What a message is and what it asks, without a model: its language, small talk told from questions, a
 * wish for a human, and a follow-up made to stand alone by the last question before it. `offered`: the bot has just
 * offered to bring in a person, so that "yes" asks for one. Bounded, however much was said and pasted.
 */
export function understand(
  message: string,
  earlierMessages: readonly string[],
  { offered = false, context = [] }: { offered?: boolean; context?: readonly string[] } = {},
): Understanding {
  const language = detectLanguage(message);
  const alone = {
    language,
    standaloneQuestion: message,
    rewritten: false,
    leansOn: null,
    refersBack: false,
    context,
  };
  const smallTalk = smallTalkOf(message, offered);
  if (smallTalk) return { ...alone, intent: smallTalk };
  const folded = inSearchForm(message);
  const refersBack = TAKES_UP.test(folded) || refersBackAtLength(folded);
  const previous = earlierMessages
    .slice(-MOST_BACK)
    .findLast((earlier) => smallTalkOf(earlier) === undefined && earlier !== message);
  const leansOn = previous === undefined ? null : whatItLeansOn(message, folded, language);
  if (!leansOn) return { ...alone, intent: "question", refersBack };
  return {
    ...alone,
    intent: "question",
    standaloneQuestion: `${message}\n${withoutReplaced(previous ?? "", message, language)}`,
    rewritten: true,
    leansOn,
    refersBack: true,
  };
}

function inSearchForm(message: string): string {
  return fold(message.slice(0, READ).toWellFormed())
    .replace(/[\p{P}\p{S}]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
}

function refersBackAtLength(folded: string): boolean {
  return REFERS_AT_LENGTH.test(folded.replace(THERE_IS, " "));
}

function whatItLeansOn(message: string, folded: string, language: Language): LeansOn | null {
  if (message.length > READ) return null;
  if (BARE.test(folded) || tokenize(message).length === 0) return "question";
  const terms = new Set(analyze(message, language)).size;
  if (GOES_ON.test(folded)) {
    if (terms > MOST_WORDS_GOING_ON) return null;
    return refersBackAtLength(folded) ? "name" : "question";
  }
  return REFERS.test(folded) && !REFERS_NOT.test(folded) && terms <= MOST_WORDS_REFERRING ? "name" : null;
}
