import { detectLanguage } from "../../platform/text/index.ts";

/** What a client that only asks and reads is told of a person; `{}` is the place of a reference. */
const strings = {
  en: "A person was asked to join. Your messages are safe with them, and their reply comes with your next message. (Reference {})",
  fr: "Une personne a été prévenue. Vos messages lui parviennent, et sa réponse viendra avec votre prochain message. (Référence {})",
  ar: "طُلب من أحد الزملاء الانضمام. تصل إليه رسائلك، وستأتي إجابته مع رسالتك التالية. (المرجع {})",
};

/** What follows words that were streamed already, and that no longer stand. */
const withdrawals = {
  en: "(Please disregard the answer above: a document that it rested on was removed while I was writing.)",
  fr: "(Ne tenez pas compte de la réponse ci-dessus : un document sur lequel elle reposait a été retiré pendant que j’écrivais.)",
  ar: "(يُرجى تجاهل الإجابة أعلاه: فقد أُزيل مستند استندت إليه أثناء كتابتها.)",
};

/** That the words before it are taken back, in the language of the question. */
export function withdrawn(question: string): string {
  const language = detectLanguage(question);
  return withdrawals[language === "other" ? "en" : language];
}

/**
 * That a person has the conversation, in the visitor's language. The reference makes the transcript one of
 * a kind, so that a person's words never reach another who asked the same.
 */
export function handedOver(questions: string[], conversationId: string): string {
  const [last = ""] = questions.slice(-1);
  // a word or a number says little of its language: those before it tell
  const sample = /\p{L}{2,}\P{L}+\p{L}{2,}\P{L}+\p{L}{2,}/u.test(last)
    ? last
    : questions.slice(-3).join("\n");
  const language = detectLanguage(sample);
  const reference = conversationId.replaceAll("-", "").slice(-10).toUpperCase();
  return strings[language === "other" ? "en" : language].replace("{}", reference);
}
