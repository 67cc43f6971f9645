import { fold } from "../../../platform/text/index.ts";

export type SmallTalk = "greeting" | "thanks" | "wants_human";

/** Longest message, in words, that small talk can be: "hello, I need a refund" is a question. */
const LONGEST = 8;

// Patterns meet the message in search form: lower case, without accents, Arabic marks and punctuation.
const HELLO =
  "(?:hi|hello|hey|hiya|howdy|good (?:morning|afternoon|evening|day)|bonjour|salut|bonsoir|coucou|مرحبا|اهلا|السلام عليكم|صباح الخير|مساء الخير|هاي)";
const HELLO_TOO =
  "(?:there|all|everyone|team|bot|again|how are you(?: doing)?(?: today)?|a tous|ca va|comment (?:allez vous|vas tu|ca va)|ورحمه الله|وبركاته|وسهلا|بك|بكم|كيف (?:حالك|الحال))";
const THANK = "(?:thanks|thank you|thx|cheers|ta|merci|شكرا|مشكور|اشكرك)";
const THANK_BEFORE =
  "(?:ok|okay|great|perfect|cool|nice|super|good|awesome|all right|alright|no|yes|oui|non|parfait|d'accord|d accord|genial|حسنا|ممتاز|تمام|لا)";
const THANK_TOO =
  "(?:a lot|so much|very much|much|again|for (?:your|the) (?:help|answer|reply|information)|bye|you|everyone|beaucoup|bien|infiniment|pour (?:votre|ton|l) ?(?:aide|reponse)|bonne journee|جزيلا|لك|لكم|كثيرا|على المساعده|علي المساعده)";

const THANKS = new RegExp(`^(?:${THANK_BEFORE} )*(?:many )?${THANK}(?: ${THANK_TOO})*$`, "u");
const GREETING = new RegExp(`^(?:${HELLO}(?: ${HELLO_TOO})*)(?: ${HELLO}(?: ${HELLO_TOO})*)*$`, "u");

const PERSON =
  "(?:human|humans|person|people|agent|someone|somebody|anyone|representative|rep|colleague|operator|adviser|advisor|support|team member|member of (?:staff|the team)|staff|human being)";
const A = "(?:(?:a|an|the|one|your|some|any|real|live|actual|human|support|customer|service|of|from) )*";
const PLEASE = "(?: please| now| instead| asap| thanks)*";
const SPEAK = "(?:talk|speak|chat)";
/** What may follow the person without making another question of it. */
const END = `(?: (?:from|of|in|at|on) (?:the |your )?(?:support|team|staff|customer service|customer support|company|service)| to (?:talk|speak) to| (?:i|we) can (?:talk|speak|chat) (?:to|with))?${PLEASE}$`;
const ASKING =
  "(?:please |hello |hi |ok |no |and )*(?:(?:i|we) (?:just |really )?(?:want|need|would like|d like|wish|prefer|wanna|demand)(?: to)? |(?:can|could|may|might|would) (?:i|you|we) (?:please |just )?|let me |id like to |is it possible to |i d like to )";

const PERSONE =
  "(?:humain|personne|conseiller|conseillere|agent|quelqu un|operateur|operatrice|collegue|interlocuteur)";
const UN = "(?:(?:un|une|a|avec|vrai|vraie|votre|le|la|l|autre) )*";
const FIN =
  "(?: (?:du|de|au|votre|le|la|l) ?(?:support|service client|equipe|service))?(?: svp| stp| s il vous plait| merci| maintenant| humain| humaine)*$";
const AR_PERSON = "(?:ال)?(?:موظف|موظفه|شخص|انسان|بشري|وكيل|ممثل|احد|مندوب)";
const HUMAN: readonly RegExp[] = [
  new RegExp(`^(?:${ASKING})?(?:please )?${SPEAK} (?:to|with) ${A}${PERSON}${END}`, "u"),
  new RegExp(
    `^(?:${ASKING})?(?:please )?(?:connect|transfer|hand|put|pass|forward|switch) me (?:over |through )?(?:to|with) ${A}${PERSON}${END}`,
    "u",
  ),
  new RegExp(
    `(?:^|(?:bot|robot|machine) )(?:${ASKING})?(?:please )?(?:get|give|find|bring|send) me ${A}${PERSON}${END}`,
    "u",
  ),
  new RegExp(
    `^(?:no |please |ok )*(?:i (?:just |really )?(?:want|need|would like|d like|prefer) )?${A}${PERSON}${PLEASE}$`,
    "u",
  ),
  new RegExp(
    `^(?:is|are) there ${A}${PERSON} (?:that |who )?(?:i|we) (?:can|could) ${SPEAK} (?:to|with)${PLEASE}$`,
    "u",
  ),
  new RegExp(
    `^(?:bonjour |svp |non )*(?:(?:je|j|nous) ?(?:veux|voudrais|souhaite|souhaiterais|aimerais|prefere|prefererais|dois|peux|desire) |puis je |est ce que je peux |peut on |pourrais je |possible de |laissez moi )?(?:parler|discuter|echanger|etre mis en relation|etre en contact) ${UN}${PERSONE}${FIN}`,
    "u",
  ),
  new RegExp(
    `^(?:svp |non )*(?:passez|mettez|transferez|connectez|donnez) moi (?:en (?:relation|contact) )?${UN}${PERSONE}${FIN}`,
    "u",
  ),
  new RegExp(
    `^(?:non |je (?:veux|voudrais|souhaite|prefere) )?(?:un|une) (?:vrai |vraie )?${PERSONE}${FIN}`,
    "u",
  ),
  new RegExp(
    `^(?:لو سمحت |من فضلك )*(?:هل )?(?:(?:انا )?(?:اريد|ارغب|ابغي|ابغا|عايز|عاوز|بدي|ممكن|يمكنني|استطيع|اود|احتاج|اقدر)(?: في| ان| الي)? )(?:(?:التحدث|اتحدث|الكلام|اتكلم|التواصل|اتواصل|احكي|التكلم)(?: مباشره)?(?: (?:الي|مع))? )?(?:اي )?${AR_PERSON}(?: (?:حقيقي|بشري|خدمه العملاء|الدعم|من فضلك|لو سمحت|من الدعم|من الفريق))*$`,
    "u",
  ),
  new RegExp(
    `^(?:لو سمحت |من فضلك )*(?:حولني|وصلني|اوصلني|حولوني) (?:الي|علي|مع|ب)? ?${AR_PERSON}(?: (?:حقيقي|بشري|خدمه العملاء|الدعم|من فضلك|لو سمحت))*$`,
    "u",
  ),
];
/** Words of the longest plain wish for a human. */
const LONGEST_WISH = 14;

/**
 * What a message is if it asks nothing of the documents: a greeting, thanks, or a wish for a human. The whole
 * message must be that: "how do I talk to a person in sales?" is a question about the product.
 */
export function smallTalkOf(message: string): SmallTalk | undefined {
  const folded = fold(message)
    .replace(/[\p{P}\p{S}]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  const words = folded.split(" ").length;
  if (words <= LONGEST_WISH && HUMAN.some((pattern) => pattern.test(folded))) return "wants_human";
  if (words > LONGEST) return undefined;
  if (THANKS.test(folded)) return "thanks";
  return GREETING.test(folded) ? "greeting" : undefined;
}
