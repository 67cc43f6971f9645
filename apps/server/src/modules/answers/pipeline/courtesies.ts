/*
 * What people say without asking anything, in English, French and Arabic: a message that is made of nothing but these is
 * small talk. In search form: lower case, without accents, Arabic marks and punctuation.
 */

export type Courtesy = "greeting" | "thanks" | "goodbye" | "acknowledged";

const HOW_ARE_YOU =
  "how (?:are|is|have|has|s|re) (?:you|ya|things|everything|it|life)(?: (?:been|going|doing|feeling|with|for|you|well|today|on))*|how(?: ya| you) doing|are you (?:doing )?(?:ok|okay|well|good)|what(?: s|s| is) (?:up|new|going on)|wassup|comment (?:allez vous|vas tu|ca va)|(?:vous allez|tu vas) bien|ca va(?: bien)?|كيف (?:حالك|الحال|حالكم)|كيفك|شلونك|ازيك|عامل ايه";

const PHRASES: Readonly<Record<Courtesy, string>> = {
  greeting: `hi|hello|hey|hiya|howdy|yo|hola|aloha|greetings|(?:good|nice) (?:morning|afternoon|evening|day) to you|good (?:morning|afternoon|evening|day)|bonjour|salut|bonsoir|coucou|allo|مرحبا|مرحبتين|اهلا(?: (?:وسهلا|بك|بكم))*|هلا|السلام عليكم(?: ورحمه الله)?(?: وبركاته)?|صباح (?:الخير|النور)|مساء (?:الخير|النور)|هاي|${HOW_ARE_YOU}|(?:anyone|anybody|somebody|is anyone|are you) there|(?:nice|good|pleased) to (?:see|meet) you|enchantee?|il y a quelqu un|هل من احد(?: هنا)?|تشرفنا`,
  thanks:
    "(?:many |much |special )?(?:thanks|thank (?:you|u|ya)|thx|ty|tysm|cheers|ta|merci|شكرا|مشكور(?:ين)?|متشكر|اشكرك(?:م)?|الف شكر|يسلمو)(?: (?:a (?:lot|million|bunch)|(?:so |very )+much|much|again|indeed|once again|beaucoup|bien|infiniment|mille fois|encore|d avance|جزيلا|لك|لكم|كثيرا|جدا|مقدما))*(?: (?:for|pour|علي) (?:(?:your|the|all|that|this|it|everything|helping|providing|chatting|talking|vos?|votre|ton|ta|l|le|la|les|tout|cela) ?)*(?:help|answers?|reply|replies|info|information|time|support|assistance|chat|me|us|out|today|aide|reponses?|infos?|informations?|temps|المساعده|مساعدتك|الرد|الاجابه|المعلومات)?(?: (?:me|out|today|with me|to me))*)?|(?:i |we |je vous |je te )?(?:really |do )?(?:appreciate|remercie) ?(?:(?:it|that|this|you|your|the|all|help|helping|assistance|answer|me|out|doing|vos?|votre|l|aide|beaucoup|pour) ?)*|much (?:appreciated|obliged)|much gratitude|i owe you one|(?:you (?:re|are)|youre) (?:the best|great|awesome|very kind|a star|a lifesaver)|(?:that|this|you|it) (?:helped|helps|(?:is|was|were|s|has been|have been) (?:very |a |so |really |big )*(?:helpful|useful|help))(?: me)?(?: a lot)?|(?:ca|cela) m a (?:bien |beaucoup )?aide|(?:c est|c etait) (?:tres )?(?:gentil|utile)(?: (?:de votre part|a vous))?|بارك الله فيك|جزاك الله خيرا?|يعطيك العافيه|(?:كان )?هذا مفيد(?: جدا)?",
  goodbye:
    "(?:good ?)?bye(?: bye| now| for now)?|good ?night|farewell|see (?:you|ya)(?: (?:later|soon|again|around|tomorrow|next time|in a while))*|cya(?: later)?|talk (?:to you )?(?:later|soon)|until next time|take (?:care|it easy)|have a (?:nice|good|great|lovely|wonderful) (?:day|one|evening|night|weekend|time|afternoon)|peace out|(?:it was )?(?:nice|great|lovely|good) (?:talking|chatting|speaking)(?: (?:to|with) you)?|au revoir|a (?:bientot|plus tard|plus|demain|la prochaine)|adieu|ciao|adios|bonne (?:journee|soiree|nuit|continuation|fin de journee)|bon(?:ne)? (?:week end|weekend|apres midi)|مع السلامه|الي اللقاء|وداعا|تصبح علي خير|في امان الله|نهارك سعيد|يومك سعيد|باي|اراك لاحقا",
  acknowledged:
    "ok(?:ay|ey|i)?|k|kk|great|perfect|cool|nice|super|good|fine|awesome|amazing|excellent|wonderful|brilliant|fantastic|lovely|interesting|all right|alright|right|sure|absolutely|of course|exactly|indeed|correct|yes|yep|yup|yeah|no|nope|nah|not really|i see|got it|gotcha|understood|i understand|makes sense|that makes sense|noted|will do|no problem|no worries|never ?mind|forget it|sounds? (?:good|great|perfect|fine)|(?:that|it|this) (?:works|sounds (?:good|great|fine)|(?:is|s|was) (?:all(?: i (?:need|needed|wanted)(?: to know)?)?(?: for (?:now|today))?|it|fine|great|good|ok|okay|perfect|right|correct|true|everything|clear))|thats (?:all|it|fine|great|good|ok|okay|perfect|right)(?: for (?:now|today))?|all good|nothing(?: else)?(?: for now)?|i am (?:good|fine)|i m (?:good|fine)|im (?:good|fine)|that will be all|d accord|oui|ouais|non|parfait|tres bien|bien recu|bien|genial|excellent|entendu|compris|je (?:vois|comprends)|j ai compris|ca marche|ca roule|pas de (?:probleme|souci)s?|c est (?:bon|parfait|tout|clair|note|compris|super)(?: pour (?:moi|le moment|aujourd hui))?|ce sera tout|rien d autre|bien sur|exactement|tant pis|laissez tomber|laisse tomber|حسنا|ممتاز|تمام|طيب|اوكي|اوك|جيد|جيد جدا|رائع|نعم|اجل|ايوه|ايوا|بلي|لا|كلا|فهمت|مفهوم|واضح|صحيح|بالتاكيد|طبعا|لا باس|لا مشكله|لا شيء(?: اخر)?|هذا كل شي[ءي]?|هذا كل ما احتاجه|ماشي|عظيم|جميل",
};

/** Said between them, and to whom. */
const FILLER =
  "uh+|u+m+|oh+|ah+|a+h+a+|h+m+|wow|well|so|then|and|but|just|please|there|all|everyone|team|again|now|friend|sir|madam|ma am|bot|ai|my friend|very|too|so much|you|for now|today|euh+|hein|alors|donc|et|a tous|a toutes|madame|monsieur|svp|stp|s il vous plait|encore|vous aussi|toi aussi|you too|same to you|يا|و|جدا|لك|لكم|بك|بكم|ايضا|من فضلك|لو سمحت|اخي|صديقي|الان|اذن";

/** Longest message, in words, that is looked at: small talk is short. */
const LONGEST = 16;

const all = (["goodbye", "thanks", "greeting", "acknowledged"] as const).map(
  (kind) => [kind, PHRASES[kind]] as const,
);
const NOTHING_ELSE = new RegExp(
  `^(?:(?:${[...all.map(([, phrases]) => phrases), FILLER].join("|")})(?: |$))+$`,
  "u",
);
const holds = all.map(([kind, phrases]) => [kind, new RegExp(`(?:^| )(?:${phrases})(?= |$)`, "u")] as const);

/** Which courtesy a message is, in search form, that is nothing else; of several the one to answer. */
export function courtesyOf(folded: string): Courtesy | undefined {
  if (folded === "" || folded.split(" ", LONGEST + 1).length > LONGEST) return undefined;
  if (!NOTHING_ELSE.test(folded)) return undefined;
  return holds.find(([, phrases]) => phrases.test(folded))?.[0];
}
