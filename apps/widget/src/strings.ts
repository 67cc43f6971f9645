export const LOCALES = ["en", "fr", "ar"] as const;

export type Locale = (typeof LOCALES)[number];

/**
 * The widget's words, in the order of LOCALES: beside each other they are translated together, and no
 * language can lack one. `{}` is the place of a name or number.
 */
export const WORDS = {
  title: ["Chat with us", "Discutez avec nous", "تحدّث معنا"],
  open: ["Open chat", "Ouvrir la discussion", "فتح المحادثة"],
  openNew: ["Open chat, new message", "Ouvrir la discussion, nouveau message", "فتح المحادثة، رسالة جديدة"],
  close: ["Close chat", "Fermer la discussion", "إغلاق المحادثة"],
  greeting: ["What would you like to know?", "Que souhaitez-vous savoir ?", "ماذا تودّ أن تعرف؟"],
  placeholder: ["Your message", "Votre message", "رسالتك"],
  send: ["Send", "Envoyer", "إرسال"],
  stop: ["Stop", "Arrêter", "إيقاف"],
  you: ["You", "Vous", "أنت"],
  bot: ["Assistant", "Assistant", "المساعد"],
  automatic: ["Automatic answers", "Réponses automatiques", "إجابات آلية"],
  colleague: ["Colleague", "Collègue", "زميل"],
  searching: ["Searching the documents", "Recherche dans les documents", "البحث في المستندات"],
  writing: ["Writing the answer", "Rédaction de la réponse", "كتابة الإجابة"],
  checking: ["Checking the answer", "Vérification de la réponse", "التحقق من الإجابة"],
  typing: ["{} is writing", "{} écrit", "{}: جارٍ الكتابة"],
  quoted: ["Quoted from the documents", "Cité d’après les documents", "مقتبس من المستندات"],
  unsupported: ["Not confirmed by the documents", "Non confirmé par les documents", "لم تؤكده المستندات"],
  up: ["Helpful", "Utile", "مفيد"],
  down: ["Not helpful", "Pas utile", "غير مفيد"],
  talk: ["Talk to a person", "Parler à une personne", "التحدث إلى شخص"],
  waiting: ["A colleague will answer here", "Un collègue vous répondra ici", "سيجيبك زميل هنا"],
  agentHere: ["{} answers here", "{} vous répond ici", "{} معك هنا"],
  email: [
    "Leave your email and we answer there",
    "Laissez votre e-mail, nous y répondrons",
    "اترك بريدك الإلكتروني وسنجيبك عليه",
  ],
  resolved: ["Marked as resolved", "Conversation résolue", "حُلّت المحادثة"],
  offline: ["You are offline", "Vous êtes hors ligne", "أنت غير متصل"],
  lost: [
    "The connection was lost. Your message is kept.",
    "Connexion perdue. Votre message est conservé.",
    "انقطع الاتصال. رسالتك محفوظة.",
  ],
  failed: [
    "No answer came. Your message is kept.",
    "Aucune réponse. Votre message est conservé.",
    "لم تصل الإجابة. رسالتك محفوظة.",
  ],
  busy: ["Too many messages. Please wait.", "Trop de messages. Patientez.", "رسائل كثيرة. انتظر قليلًا."],
  unavailable: ["Not available here for now", "Indisponible ici pour le moment", "غير متاح هنا حاليًا"],
  retry: ["Try again", "Réessayer", "أعد المحاولة"],
} satisfies Record<string, readonly [en: string, fr: string, ar: string]>;

export type Word = keyof typeof WORDS;

/** Gives a word in one language, with the value in its place. */
export type Translate = (word: Word, value?: string | number) => string;

export function translator(locale: Locale): Translate {
  const index = LOCALES.indexOf(locale);
  return (word, value) => `${WORDS[word][index]}`.replace("{}", `${value}`);
}

/** The supported locale of a language tag ("fr-CA" is "fr"), or undefined. */
export function supportedLocale(tag: string | null | undefined): Locale | undefined {
  return LOCALES.find((locale) => tag?.toLowerCase().split("-")[0] === locale);
}
