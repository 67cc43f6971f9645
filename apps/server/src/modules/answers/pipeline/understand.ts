import { analyze, detectLanguage, fold, type Language, tokenize } from "../../../platform/text/index.ts";

export type Intent = "question" | "greeting" | "thanks" | "wants_human";

export interface Understanding {
  language: Language;
  intent: Intent;
  /** The question as it can be understood without what was said before. */
  standaloneQuestion: string;
  rewritten: boolean;
}

/** Longest message, in words, that small talk can be: "hello, I need a refund" is a question. */
const smallTalkWords = 5;

/** In search form: lower case, without accents and Arabic marks. */
const smallTalk: { intent: Intent; words: RegExp }[] = [
  { intent: "thanks", words: /^(thanks?|thank you|thx|cheers|merci|شكرا)( .*)?$/u },
  {
    intent: "greeting",
    words:
      /^(hi|hello|hey|good (morning|afternoon|evening)|bonjour|salut|bonsoir|coucou|مرحبا|السلام عليكم|اهلا)( (there|all|everyone|team|a tous|وسهلا|بك))?$/u,
  },
];

const wantsHuman = [
  /\b(talk|speak|chat|connect me|get me|put me|transfer me|hand me)\b.{0,24}\b(human|person|agent|someone|representative|colleague|operator|advisor)\b/u,
  /^(i )?(want|need|would like)?( to)? ?(a |an |the |real |live )*(human|person|agent|operator|representative)( please)?$/u,
  /\bi (want|need|would like) (a |an )?(real |live |actual )?(human|person|agent|operator)\b/u,
  /\b(parler|discuter|echanger|joindre)\b.{0,24}\b(humain|personne|conseiller|conseillere|agent|quelqu'?un|operateur)\b/u,
  /\bje (veux|voudrais|souhaite) (un|une) (vrai|vraie)? ?(humain|personne|conseiller|agent)\b/u,
  /(اريد|ابغي|عايز|ممكن).{0,20}(التحدث|اتحدث|الكلام|اتكلم|موظف|شخص|انسان|بشري|وكيل)/u,
];

/** A question that leans on what came before: it opens with, or is little more than, a reference. */
const leansOnHistory =
  /^(and|what about|how about|it|that|this|they|them|those|these|he|she|why|how so|et|et pour|qu'en est il|et si|ca|cela|celui|celle|ils|elles|pourquoi|و|ماذا عن|هذا|هذه|ذلك|لماذا)\b|\b(it|that|they|them|there|its|their|cela|celui ci|celle ci|lui|leur)\b/u;

/**
 * What a message is and what it asks, without a model: its language, small talk told from questions, a
 * wish for a human, and a follow-up made to stand alone by the last question before it.
 */
export function understand(message: string, earlierQuestions: string[]): Understanding {
  const language = detectLanguage(message);
  const folded = fold(message)
    .replace(/[\p{P}\p{S}]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  const words = tokenize(message).length;
  const previous = earlierQuestions.at(-1);

  if (wantsHuman.some((pattern) => pattern.test(folded))) {
    return { language, intent: "wants_human", standaloneQuestion: message, rewritten: false };
  }
  if (words <= smallTalkWords) {
    const match = smallTalk.find(({ words: pattern }) => pattern.test(folded));
    if (match) return { language, intent: match.intent, standaloneQuestion: message, rewritten: false };
  }
  const terms = new Set(analyze(message, language)).size;
  const needsHistory = previous !== undefined && (terms === 0 || (terms <= 5 && leansOnHistory.test(folded)));
  return {
    language,
    intent: "question",
    standaloneQuestion: needsHistory ? `${message}\n${previous}` : message,
    rewritten: needsHistory,
  };
}
