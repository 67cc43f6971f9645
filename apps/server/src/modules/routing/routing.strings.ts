/** Notes for whoever gets a conversation, in the language in which it is held. */
const notes = {
  en: {
    away: (name: string, minutes: number) =>
      `${name} has not been here for ${minutes} minutes while the customer waited. It is back in the queue.`,
    handedOver: (name: string, reason: string) => `${name} handed this over: ${reason}`,
    somebody: "A colleague",
    system: "The system",
  },
  fr: {
    away: (name: string, minutes: number) =>
      `${name} est absent depuis ${minutes} minutes alors que le client attendait. La conversation est de retour dans la file.`,
    handedOver: (name: string, reason: string) => `${name} a transmis cette conversation : ${reason}`,
    somebody: "Un collègue",
    system: "Le système",
  },
  ar: {
    away: (name: string, minutes: number) =>
      `${name} غائب منذ ${minutes} دقيقة والعميل ينتظر. عادت المحادثة إلى قائمة الانتظار.`,
    handedOver: (name: string, reason: string) => `حوّل ${name} هذه المحادثة: ${reason}`,
    somebody: "أحد الزملاء",
    system: "النظام",
  },
};

export function notesIn(language: string | null): (typeof notes)["en"] {
  return language === "fr" || language === "ar" ? notes[language] : notes.en;
}
