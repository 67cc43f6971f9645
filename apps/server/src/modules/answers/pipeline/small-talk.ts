import { fold } from "../../../platform/text/index.ts";
import { type Courtesy, courtesyOf } from "./courtesies.ts";

/** `acknowledged`: "ok", "got it", "no, that is all": heard, and nothing asked. */
export type SmallTalk = Courtesy | "wants_human";

// Patterns meet the message in search form: lower case, without accents, Arabic marks and punctuation.
const PERSON =
  "(?:human|humans|person|people|agent|someone|somebody|anyone|representative|rep|colleague|operator|adviser|advisor|support|team member|member of (?:staff|the team)|staff|human being)";
const A = "(?:(?:a|an|the|one|your|some|any|real|live|actual|human|support|customer|service|of|from) )*";
const PLEASE = "(?: please| now| instead| asap| thanks)*";
const SPEAK = "(?:talk|speak|chat)";
/** Of what they want to speak: it is said to the person who comes. */
const ABOUT = "(?: (?:about|regarding|concerning|because|since) .+)?";
/** What may follow the person without making another question of it. */
const END = `(?: (?:from|of|in|at|on) (?:the |your )?(?:support|team|staff|customer service|customer support|company|service)| to (?:talk|speak) to| (?:i|we) can (?:talk|speak|chat) (?:to|with))?${PLEASE}${ABOUT}$`;
const ASKING =
  "(?:please |hello |hi |ok |no |and )*(?:(?:i|we) (?:just |really )?(?:want|need|would like|d like|wish|prefer|wanna|demand)(?: to)? |(?:can|could|may|might|would) (?:i|you|we) (?:please |just )?|let me |id like to |is it possible to |i d like to )";

const PERSONE =
  "(?:humain|personne|conseiller|conseillere|agent|quelqu un|operateur|operatrice|collegue|interlocuteur)";
const UN = "(?:(?:un|une|a|avec|vrai|vraie|votre|le|la|l|autre) )*";
const FIN =
  "(?: (?:du|de|au|votre|le|la|l) ?(?:support|service client|equipe|service))?(?: svp| stp| s il vous plait| merci| maintenant| humain| humaine)*(?: (?:a propos d|au sujet d|concernant|pour|car|parce qu).*)?$";
const AR_PERSON = "(?:ال)?(?:موظف|موظفه|شخص|انسان|بشري|وكيل|ممثل|احد|مندوب)";
const AR_ABOUT = "(?: (?:بخصوص|بشان|حول|عن|لان) .+)?";
/** Asks the way to a person, which is to ask for one: "I don't know how I can speak to someone". */
const HOW =
  "(?:(?:i|we|can|could|please|just|really|am|m|ve|have|has|got|need|needs|want|wants|wanna|like|would|d|do|does|not|don t|dont|cannot|can t|cant|know|try|trying|to|how|what|me|you|u|ya|help|helping|assistance|a way|for) )+";
const REACHING =
  "(?:(?:talk|talking|speak|speaking|chat|chatting|get in touch|getting in touch)(?: to| with)|contact|contacting|reach|reaching|direct to me|get me)";
const SOMEBODY =
  "(?:human|humans|human being|person|people|someone|somebody|agent|operator|representative|assistant|adviser|advisor)";
const HUMAN: readonly RegExp[] = [
  new RegExp(
    `^(?:${HOW})?${REACHING} (?:(?:a|an|the|real|live|actual|human|fucking|damn|goddamn) )*${SOMEBODY}(?: please| now)*$`,
    "u",
  ),
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
    `^(?:لو سمحت |من فضلك )*(?:هل )?(?:(?:انا )?(?:اريد|ارغب|ابغي|ابغا|عايز|عاوز|بدي|ممكن|يمكنني|استطيع|اود|احتاج|اقدر)(?: في| ان| الي)? )(?:(?:التحدث|اتحدث|الكلام|اتكلم|التواصل|اتواصل|احكي|التكلم)(?: مباشره)?(?: (?:الي|مع))? )?(?:اي )?${AR_PERSON}(?: (?:حقيقي|بشري|خدمه العملاء|الدعم|من فضلك|لو سمحت|من الدعم|من الفريق))*${AR_ABOUT}$`,
    "u",
  ),
  new RegExp(
    `^(?:لو سمحت |من فضلك )*(?:حولني|وصلني|اوصلني|حولوني) (?:الي|علي|مع|ب)? ?${AR_PERSON}(?: (?:حقيقي|بشري|خدمه العملاء|الدعم|من فضلك|لو سمحت))*${AR_ABOUT}$`,
    "u",
  ),
];
/** Words of the longest plain wish for a human. */
const LONGEST_WISH = 14;

/** Takes up the bot's offer to bring in a person. */
const YES =
  /^(?:(?:yes|yep|yup|yeah|sure|ok|okay|please|of course|absolutely|that would be (?:great|good|nice)|i (?:would|do)|go ahead|do it|oui|ouais|d accord|volontiers|bien sur|avec plaisir|je veux bien|svp|s il vous plait|نعم|اجل|ايوه|ايوا|حسنا|تمام|طيب|من فضلك|لو سمحت|بالتاكيد|طبعا|اكيد)(?: |$))+$/u;

/** A message is known by its beginning, however much was pasted into it. Characters. */
const READ = 400;

/**
 * What a message is if it asks nothing of the documents: a courtesy, or a wish for a human. The whole message must be
 * that: "how do I talk to a person in sales?" is a question about the product, "thanks, and shipping?" another. Where
 * the bot has just `offered` to bring in a person, "yes" wishes for one.
 */
export function smallTalkOf(message: string, offered = false): SmallTalk | undefined {
  if (message.length > READ) return undefined;
  const folded = fold(message)
    .replace(/[\p{P}\p{S}]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  const words = folded.split(" ").length;
  if (words <= LONGEST_WISH && HUMAN.some((pattern) => pattern.test(folded))) return "wants_human";
  if (offered && YES.test(folded)) return "wants_human";
  return courtesyOf(folded);
}
