import type { MailLanguage } from "./sign-in.schema.ts";

export type AccountMail = "verify-email" | "reset-password" | "known-address";

interface Words {
  subject: string;
  /** `link` is on a line of its own. */
  text: (link: string) => string;
}

/** Mails about an account. What they say is for whoever reads the mailbox, who may not be the one that asked. */
const texts: Record<MailLanguage, Record<AccountMail, Words>> = {
  en: {
    "verify-email": {
      subject: "Confirm your email address",
      text: (link) =>
        `Someone, hopefully you, made an account at Parlance with this email address. Confirm that it is yours:\n\n${link}\n\nThe link works once, for 24 hours. If it was not you, do nothing: without it nobody can sign in.`,
    },
    "reset-password": {
      subject: "Choose a new password",
      text: (link) =>
        `Someone, hopefully you, asked for a new password for your account at Parlance. Choose it here:\n\n${link}\n\nThe link works once, for one hour, and signs you out everywhere. If it was not you, do nothing: your password stays as it is.`,
    },
    "known-address": {
      subject: "You already have an account",
      text: (link) =>
        `Someone, hopefully you, tried to make an account at Parlance with this email address, which has one already. Sign in here, or ask for a new password there:\n\n${link}\n\nIf it was not you, do nothing: nothing was changed.`,
    },
  },
  fr: {
    "verify-email": {
      subject: "Confirmez votre adresse e-mail",
      text: (link) =>
        `Quelqu’un, sans doute vous, a créé un compte Parlance avec cette adresse. Confirmez qu’elle est à vous :\n\n${link}\n\nLe lien fonctionne une fois, pendant 24 heures. Si ce n’était pas vous, ne faites rien : sans lui, personne ne peut se connecter.`,
    },
    "reset-password": {
      subject: "Choisissez un nouveau mot de passe",
      text: (link) =>
        `Quelqu’un, sans doute vous, a demandé un nouveau mot de passe pour votre compte Parlance. Choisissez-le ici :\n\n${link}\n\nLe lien fonctionne une fois, pendant une heure, et vous déconnecte partout. Si ce n’était pas vous, ne faites rien : votre mot de passe reste le même.`,
    },
    "known-address": {
      subject: "Vous avez déjà un compte",
      text: (link) =>
        `Quelqu’un, sans doute vous, a voulu créer un compte Parlance avec cette adresse, qui en a déjà un. Connectez-vous ici, ou demandez-y un nouveau mot de passe :\n\n${link}\n\nSi ce n’était pas vous, ne faites rien : rien n’a changé.`,
    },
  },
  ar: {
    "verify-email": {
      subject: "أكّد بريدك الإلكتروني",
      text: (link) =>
        `أنشأ شخص ما، لعلّه أنت، حسابًا في Parlance بهذا البريد. أكّد أنه لك:\n\n${link}\n\nيعمل الرابط مرة واحدة خلال 24 ساعة. إن لم تكن أنت فلا تفعل شيئًا: لا يستطيع أحد تسجيل الدخول دونه.`,
    },
    "reset-password": {
      subject: "اختر كلمة مرور جديدة",
      text: (link) =>
        `طلب شخص ما، لعلّه أنت، كلمة مرور جديدة لحسابك في Parlance. اخترها هنا:\n\n${link}\n\nيعمل الرابط مرة واحدة خلال ساعة، ويسجّل خروجك من كل مكان. إن لم تكن أنت فلا تفعل شيئًا: تبقى كلمة مرورك كما هي.`,
    },
    "known-address": {
      subject: "لديك حساب من قبل",
      text: (link) =>
        `حاول شخص ما، لعلّه أنت، إنشاء حساب في Parlance بهذا البريد، وله حساب من قبل. سجّل الدخول هنا أو اطلب كلمة مرور جديدة:\n\n${link}\n\nإن لم تكن أنت فلا تفعل شيئًا: لم يتغيّر شيء.`,
    },
  },
};

export function accountMail(kind: AccountMail, language: MailLanguage, link: string) {
  const { subject, text } = texts[language][kind];
  return { subject, text: text(link) };
}
