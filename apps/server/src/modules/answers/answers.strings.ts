import type { Language } from "../../platform/text/index.ts";
import { confirmations } from "../conversations/index.ts";

export type SpokenLanguage = Exclude<Language, "other">;

/** What the bot says of itself, in the visitor's language. Everything else it says is from a source. */
export const strings = {
  en: {
    greeting: "Hello! What would you like to know?",
    thanks: "You are welcome. Is there anything else?",
    goodbye: "Goodbye! Come back whenever you have a question.",
    acknowledged: "All right. What else would you like to know?",
    empty: "I have no documents to answer from yet. Would you like to talk to a person?",
    unknown: "I did not find an answer to that in the documents. Would you like to talk to a person?",
    withheld: "I am not sure enough of my answer to give it. Would you like to talk to a person?",
    failed: "I could not answer this time. Please try again, or talk to a person.",
    humanRequested: confirmations.en,
    overLimit:
      "I cannot answer at the moment, so I asked a person to join. Your message is safe here, and they will answer in this chat.",
  },
  fr: {
    greeting: "Bonjour ! Que souhaitez-vous savoir ?",
    thanks: "Je vous en prie. Autre chose ?",
    goodbye: "Au revoir ! Revenez dès que vous avez une question.",
    acknowledged: "Très bien. Que souhaitez-vous savoir d’autre ?",
    empty: "Je n’ai pas encore de document pour répondre. Voulez-vous parler à une personne ?",
    unknown: "Je n’ai pas trouvé la réponse dans les documents. Voulez-vous parler à une personne ?",
    withheld: "Je ne suis pas assez sûr de ma réponse pour la donner. Voulez-vous parler à une personne ?",
    failed: "Je n’ai pas pu répondre cette fois. Réessayez, ou parlez à une personne.",
    humanRequested: confirmations.fr,
    overLimit:
      "Je ne peux pas répondre pour le moment : une personne a été prévenue. Votre message est conservé ici, et elle vous répondra dans cette conversation.",
  },
  ar: {
    greeting: "مرحبًا! ماذا تود أن تعرف؟",
    thanks: "على الرحب والسعة. هل هناك شيء آخر؟",
    goodbye: "إلى اللقاء! عُد متى كان لديك سؤال.",
    acknowledged: "حسنًا. ماذا تود أن تعرف أيضًا؟",
    empty: "لا توجد لدي مستندات للإجابة منها بعد. هل تود التحدث إلى شخص؟",
    unknown: "لم أجد إجابة عن ذلك في المستندات. هل تود التحدث إلى شخص؟",
    withheld: "لست متأكدًا من إجابتي بما يكفي لأقدمها. هل تود التحدث إلى شخص؟",
    failed: "لم أتمكن من الإجابة هذه المرة. حاول مرة أخرى أو تحدث إلى شخص.",
    humanRequested: confirmations.ar,
    overLimit:
      "لا أستطيع الإجابة في الوقت الحالي، لذلك طُلب من أحد الزملاء الانضمام. رسالتك محفوظة هنا وسيجيبك في هذه المحادثة.",
  },
} as const satisfies Record<SpokenLanguage, Record<string, string>>;

export type Phrase = keyof (typeof strings)["en"];

export function say(phrase: Phrase, language: string): string {
  return language === "fr" || language === "ar" ? strings[language][phrase] : strings.en[phrase];
}
