/** How a request for a person is confirmed to whoever asked. Where nobody is there a promise follows. */
export const confirmations = {
  en: "A person was asked to join. Your messages are safe here, and they will answer in this chat.",
  fr: "Une personne a été prévenue. Vos messages sont conservés ici, et elle vous répondra dans cette conversation.",
  ar: "طُلب من أحد الزملاء الانضمام. رسائلك محفوظة هنا وسيجيبك في هذه المحادثة.",
} as const;

export function confirmationIn(language: string): string {
  return confirmations[spoken(language)];
}

/** How a customer who did not ask for a person is told that one comes. */
const unasked = {
  en: "A colleague will take a look at this.",
  fr: "Un collègue va s’en occuper.",
  ar: "سيطّلع أحد الزملاء على هذا.",
} as const;

/** Why a conversation waits again, for whoever takes it. */
const ownerLeft = {
  en: "Whoever had this conversation does not work here any more. It waits for a colleague again.",
  fr: "La personne qui suivait cette conversation ne travaille plus ici. Elle attend de nouveau un collègue.",
  ar: "من كان يتولى هذه المحادثة لم يعد يعمل هنا. وهي تنتظر أحد الزملاء من جديد.",
} as const;

export const unaskedConfirmationIn = (language: string | null) => unasked[spoken(language)];
export const ownerLeftIn = (language: string | null) => ownerLeft[spoken(language)];

function spoken(language: string | null): keyof typeof confirmations {
  return language === "fr" || language === "ar" ? language : "en";
}
