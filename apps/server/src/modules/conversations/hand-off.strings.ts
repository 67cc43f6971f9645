/** How a request for a person is confirmed to whoever asked. Where nobody is there a promise follows. */
export const confirmations = {
  en: "A person was asked to join. Your messages are safe here, and they will answer in this chat.",
  fr: "Une personne a été prévenue. Vos messages sont conservés ici, et elle vous répondra dans cette conversation.",
  ar: "طُلب من أحد الزملاء الانضمام. رسائلك محفوظة هنا وسيجيبك في هذه المحادثة.",
} as const;

export function confirmationIn(language: string): string {
  return language === "fr" || language === "ar" ? confirmations[language] : confirmations.en;
}
