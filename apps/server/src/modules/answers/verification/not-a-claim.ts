import { fold } from "../../../platform/text/index.ts";

// Patterns meet the folded text: no accents, no hamza, plain yeh and heh, straight apostrophes.
const PATTERNS = [
  // questions
  /[?؟]["'”»)\s]*$/,
  // a bare yes or no, which the next sentence explains
  /^(?:yes|no|oui|non|نعم|لا)\W*$/,
  // greetings, thanks, courtesy
  /^(?:hi|hello|hey|dear|good (?:morning|afternoon|evening)|thanks?|thank you|you(?:'re| are) welcome|sure|certainly|of course|great|sorry|i apologi[sz]e|we apologi[sz]e|i(?:'m| am) (?:very |so )?sorry|happy to help|bye|goodbye|best regards|have a (?:nice|great|good))\b/,
  /^(?:bonjour|bonsoir|salut|merci|de rien|bien sur|certainement|avec plaisir|desole|je suis desole|toutes mes excuses|au revoir|cordialement|bonne journee)\b/,
  /^(?:مرحبا|اهلا|السلام عليكم|صباح الخير|مساء الخير|شكرا|عفوا|بالتاكيد|بالطبع|عذرا|اسف|اعتذر|نعتذر|مع السلامه|تحياتي|عزيزي)/,
  // not knowing
  /\b(?:i|we) (?:do not|don't|did not|didn't|could not|couldn't|cannot|can't|was not able to|am not able to) (?:know|find|have (?:any |enough |that |this )?information|answer|say|see)\b/,
  /\bi(?:'m| am) not (?:sure|certain|able)\b|\b(?:sources?|documents?|context|passages?) (?:do|does) not (?:say|mention|contain|cover|provide|include)\b/,
  /\bje ne (?:sais|trouve|peux|dispose|suis|connais)\b|\bje n'ai (?:pas|aucune|trouve)\b|\b(?:sources?|documents?) ne (?:disent|mentionnent|precisent|contiennent|permettent|mentionne|precise|contient|permet)\b/,
  /^(?:\P{L}*)(?:انا )?(?:لا اعرف|لا اعلم|لم اجد|لا املك|ليس لدي|لا تتوفر لدي|لا يمكنني|لا استطيع)/u,
  // offers of help or of a human
  /\b(?:would you like|do you want|shall i|let me know|feel free to|please (?:contact|let me|tell me|ask)|i can (?:connect|transfer|help|put you)|i(?:'ll| will) (?:connect|transfer|pass|hand)|(?:connect|transfer|hand) you (?:to|with|over)|is there anything else|contact our support)\b/,
  /\b(?:souhaitez-vous|voulez-vous|n'hesitez pas|je (?:peux|vais) vous (?:mettre en relation|transferer|aider)|dites-moi|puis-je vous|contactez (?:notre|le) (?:support|service))/,
  /(?:هل تريد|هل ترغب|لا تتردد|يمكنني (?:تحويلك|مساعدتك|ايصالك)|ساحولك|ساقوم بتحويلك|تواصل مع فريق|يرجي التواصل)/,
  // announcements of what follows
  /^(?:here (?:is|are)|the following|according to (?:the|your) (?:sources|documents)|in (?:short|summary)|voici|d'apres les sources|en resume|اليك|فيما يلي|باختصار)\b[^.]{0,60}:$/,
];

/** True if the sentence states nothing about the sources' subject, so there is nothing to verify. */
export function isNotAClaim(sentence: string): boolean {
  const folded = fold(sentence).trim();
  return !/\p{L}|\p{N}/u.test(folded) || PATTERNS.some((pattern) => pattern.test(folded));
}
