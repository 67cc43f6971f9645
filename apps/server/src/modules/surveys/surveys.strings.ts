import type { Language, Localized, Question } from "./surveys.types.ts";

const csat: Question[] = [
  {
    key: "satisfaction",
    kind: "rating",
    required: true,
    text: {
      en: "How satisfied are you with the help you got?",
      fr: "Êtes-vous satisfait de l’aide reçue ?",
      ar: "ما مدى رضاك عن المساعدة التي تلقيتها؟",
    },
  },
];

const nps: Question[] = [
  {
    key: "recommendation",
    kind: "nps",
    required: true,
    text: {
      en: "How likely are you to recommend us to a friend or colleague?",
      fr: "Quelle est la probabilité que vous nous recommandiez à un ami ou à un collègue ?",
      ar: "ما احتمال أن توصي بنا صديقًا أو زميلًا؟",
    },
  },
];

/** What a survey of a kind asks where nothing else was written. */
export const templateQuestions = { csat, nps };

interface MailWords {
  subject: string;
  text: string;
}

/** The mail that asks, in the customer's language where that is one of ours. */
export function surveyMail(
  language: Language,
  { workspace, question, link, days }: { workspace: string; question: string; link: string; days: number },
): MailWords {
  const name = workspace.replaceAll(/[\r\n]+/g, " ").slice(0, 100);
  const mails: Record<Language, MailWords> = {
    en: {
      subject: `${name}: how did it go?`,
      text: `Your conversation with ${name} was resolved. One question about it:\n\n${question}\n\nAnswer here: ${link}\n\nThe link works for ${days} days, and for one answer.`,
    },
    fr: {
      subject: `${name} : comment cela s’est-il passé ?`,
      text: `Votre conversation avec ${name} est résolue. Une question à ce sujet :\n\n${question}\n\nRépondez ici : ${link}\n\nLe lien est valable ${days} jours, pour une seule réponse.`,
    },
    ar: {
      subject: `${name}: كيف كانت تجربتك؟`,
      text: `حُلّت محادثتك مع ${name}. لدينا سؤال واحد عنها:\n\n${question}\n\nأجب هنا: ${link}\n\nيعمل الرابط لإجابة واحدة، ومدة صلاحيته بالأيام: ${days}.`,
    },
  };
  return mails[language];
}

/** The words in a language, or else in the first that there is. */
export function inLanguage(text: Localized, language: Language): string {
  return text[language] ?? text.en ?? text.fr ?? text.ar ?? "";
}

/** The language of ours that the first tag of these means which means one. */
export function languageOf(...tags: (string | null)[]): Language {
  for (const tag of tags) {
    const short = tag?.slice(0, 2).toLowerCase();
    if (short === "en" || short === "fr" || short === "ar") return short;
  }
  return "en";
}
